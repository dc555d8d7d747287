// Command thin stands between a Terraform under test and the real AWS provider.
// It answers for the schema, and passes all else on.
//
// A run of Terraform starts the provider three times and asks it for the schema
// of 1,500 types, of which this repository uses a twentieth: two thirds of the
// processor time of a plan. Thin asks once, keeps the types that are used, and
// gets a provider when it is needed for something else.
//
// With the argument "lender" it lends providers, and prints where, until its
// standard input is closed. A thin that finds the address in THIN_LENDER borrows
// there, unless TF_LOG is set, for a lent provider logs nothing, or AWS_CA_BUNDLE,
// with which none can be configured twice.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
)

// settingsFile is a file with settings in JSON. It is set by the linker.
var settingsFile string

type settings struct {
	// Provider is the path of the real provider.
	Provider string
	// Types are the types of resources and data sources that stay, besides those
	// of the configuration in the working directory.
	Types []string
	// Word is a regular expression that finds what may be a type in a text.
	Word string
	// Kept is a folder for the parts of the schema that stay.
	Kept string
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string) error {
	s, err := read(settingsFile)
	if err != nil {
		return err
	}
	if slices.Equal(args, []string{"lender"}) {
		return lend(s.Provider)
	}
	lender := os.Getenv("THIN_LENDER")
	if lender == "" || os.Getenv("TF_LOG") != "" || os.Getenv("AWS_CA_BUNDLE") != "" {
		own := started(s.Provider, os.Stderr)
		defer own.end()
		return serve(own, own, s)
	}
	dir, err := os.Getwd()
	if err != nil {
		return err
	}
	own, validator := borrowed(lender, loan{Dir: dir, Env: environ()}), borrowed(lender, loan{Validate: true})
	defer own.end()
	defer validator.end()
	return serve(own, validator, s)
}

func read(file string) (s settings, err error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return s, err
	}
	return s, json.Unmarshal(text, &s)
}
