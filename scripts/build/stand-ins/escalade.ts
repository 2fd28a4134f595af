/** In place of escalade, by which yargs takes options from the package.json of whoever calls: none. */
export default function findUp(): undefined {
  return undefined;
}
