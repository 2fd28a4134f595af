#!/usr/bin/env bash
# go-cty 1.18.0 is what Terraform and OpenTofu hold values with. What is written in brackets is a tuple to it, also where
# a module's variable is a list of objects, and the conversion looks for a type that all items have in common: for each
# attribute it compares the types of all items, each with each, before it sees that they are one and the same. So the
# time of a plan grows with the square of the items that a list of objects has, times its attributes, whatever the module
# does with them.
# https://github.com/zclconf/go-cty/blob/v1.18.0/cty/convert/unify.go
#
# Seen: of four times as many objects with five attributes, all of one type,
#   to make the tuple takes about 4 times as long
#   to convert it to a list takes about 16 times as long: seconds of 16,000
#
# Installs public packages in a temporary folder. Ends with 0 where that is still so, with 1 where not.
set -euo pipefail

folder=$(mktemp -d)
trap 'chmod -R u+w "$folder"; rm -rf "$folder"' EXIT
cd "$folder"
export GOFLAGS=-mod=mod

cat >main.go <<'PROGRAM'
package main

import (
	"fmt"
	"os"
	"time"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
)

var attributes = []string{"access", "key", "name", "owner", "prefix"}

// tuple has so many objects of one type.
func tuple(count int) cty.Value {
	items := make([]cty.Value, count)
	for number := range items {
		values := map[string]cty.Value{}
		for _, name := range attributes {
			values[name] = cty.StringVal(fmt.Sprint(name, number))
		}
		items[number] = cty.ObjectVal(values)
	}
	return cty.TupleVal(items)
}

// took is the time for a tuple, and for a list of it: the shortest of three.
func took(count int) (made, converted time.Duration) {
	types := map[string]cty.Type{}
	for _, name := range attributes {
		types[name] = cty.String
	}
	made, converted = time.Hour, time.Hour
	for range 3 {
		start := time.Now()
		given := tuple(count)
		made = min(made, time.Since(start))
		start = time.Now()
		list, err := convert.Convert(given, cty.List(cty.Object(types)))
		converted = min(converted, time.Since(start))
		if err != nil || list.LengthInt() != count {
			panic("not converted")
		}
	}
	return made, converted
}

func main() {
	fewMade, few := took(4000)
	manyMade, many := took(16000)
	fmt.Printf("to make the tuple: %.1f times as long\n", float64(manyMade)/float64(fewMade))
	fmt.Printf("to convert it: %.1f times as long, %s of 16,000\n", float64(many)/float64(few), many)
	if float64(many)/float64(few) < 10 || many < 10*manyMade {
		os.Exit(1)
	}
}
PROGRAM
go mod init example.com/finding 2>/dev/null
go get github.com/zclconf/go-cty@v1.18.0 2>/dev/null
go run .
