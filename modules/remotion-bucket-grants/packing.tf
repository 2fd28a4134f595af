locals {
  # How the grants are spread over several policies. Terraform has no loop that remembers, so there is no "fill
  # one, then open the next". Instead all ARNs stand in a row, each as long as the part of a policy that it
  # takes up, and the row is cut into equal parts: first into as few as could do, then into more, until every
  # policy keeps the quota of 6144 characters. ARNs of one statement and length are worked with as one, for a
  # plan takes as long as Terraform has operators to work out. First of all: so few buckets fit into one policy,
  # also those whose names or keys are not known before the apply.
  one_policy_is_enough = 350 * length(var.output_buckets) + 2 * length(jsonencode(var.output_buckets[*].prefix)) <= 5000

  # 1. What is spread over several policies otherwise.
  granted_statements = [for statement in local.output_bucket_grants : statement if length(statement.Resource) > 0]

  # Each statement without its ARNs.
  statement_frames = [for statement in local.granted_statements : merge(statement, { Resource = [] })]

  # How many characters that has.
  statement_sizes = [for frame in local.statement_frames : length(jsonencode(frame))]

  # 2. The ARNs of each statement by their length in JSON, which has six characters for each of & < >.
  arns_by_length = [
    for statement in local.granted_statements : { for arn in statement.Resource : length(jsonencode(arn)) => arn... }
  ]

  # Those of one length are a run. Each ARN, with its comma, takes up the same part of the room that a policy
  # has beside the statement: in millionths, for whole numbers.
  runs = flatten([
    for index, lengths in local.arns_by_length : [
      for length, arns in lengths : {
        statement = index
        arns      = arns
        count     = length(arns)
        length    = length + 1
        part      = ceil((length + 1) * 1000000 / (6106 - local.statement_sizes[index]))
      }
    ]
  ])

  # What each run takes up.
  run_parts = [for run in local.runs : run.count * run.part]

  # 3. The runs in a row, with a gap before each statement for its own text, as the last policy of the one
  # before may have room for the first of its ARNs.
  row = sum(concat([0], local.run_parts)) + 35000 * length(local.granted_statements)

  # Where in the row each run begins.
  run_starts = [
    for index, run in local.runs : sum(concat([35000 * (run.statement + 1)], slice(local.run_parts, 0, index)))
  ]

  # 4. No fewer policies could hold them.
  fewest_policies = max(1, ceil(sum(concat([0], local.run_parts)) / 1000000))

  # How many are tried: so many, one more, a twentieth more; and more where ARNs are so long that few of them
  # fill a policy.
  policy_counts = concat(
    [
      local.fewest_policies,
      local.fewest_policies + 1,
      floor(local.fewest_policies * 1.05),
      floor(local.fewest_policies * 1.1) + 2,
    ],
    [for times in [1.25, 1.5, 2, 3] : ceil(local.fewest_policies * times) + 1 if max(0, local.runs[*].part...) > 40000],
  )

  # 5. For each of these numbers, the row cut into so many equal parts: of which runs a policy has which ARNs.
  # An ARN is where its middle is.
  cuts = [
    for width in [for count in local.policy_counts : local.row / count] : {
      for piece in flatten([
        for index, run in local.runs : [
          for number in range(
            floor(local.run_starts[index] / width),
            floor((local.run_starts[index] + local.run_parts[index]) / width) + 1,
          ) :
          {
            number = number
            run    = index
            from   = max(0, min(run.count, ceil((number * width - local.run_starts[index]) / run.part - 0.5)))
            to     = max(0, min(run.count, ceil(((number + 1) * width - local.run_starts[index]) / run.part - 0.5)))
          }
        ]
      ]) : format("%05d", piece.number) => piece... if piece.to > piece.from
    }
  ]

  # 6. The first of them with which every policy keeps the quota.
  fitting_cut = [
    for cut in local.cuts : values(cut) if alltrue([
      for pieces in values(cut) :
      38 + sum([for piece in pieces : (piece.to - piece.from) * local.runs[piece.run].length]) + sum([
        for statement in keys({ for piece in pieces : local.runs[piece.run].statement => true... }) :
        local.statement_sizes[statement]
      ]) <= 6144
    ])
  ][0]

  # Their texts, numbered from 1.
  packed_policies = {
    for index, pieces in local.fitting_cut : index + 1 => jsonencode({
      Version = "2012-10-17"
      Statement = [
        for statement, pieces in { for piece in pieces : local.runs[piece.run].statement => piece... } :
        merge(local.statement_frames[statement], {
          Resource = concat([for piece in pieces : slice(local.runs[piece.run].arns, piece.from, piece.to)]...)
        })
      ]
    })
  }

  # The text of the only policy; none without a bucket.
  one_policy = length(var.output_buckets) == 0 ? {} : { 1 = local.policy_json }

  # The text of each policy by its number.
  policies = {
    for number, text in local.one_policy_is_enough ? local.one_policy : local.packed_policies : number => text
  }
}
