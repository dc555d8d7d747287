// Command thin stands between a Terraform under test and the real AWS provider.
// It answers for the schema, and passes all else on.
//
// A run of Terraform starts the provider three times and asks it for the schema
// of 1,500 types, of which this repository uses a twentieth: two thirds of the
// processor time of a plan. Thin asks once, keeps the types that are used, and
// starts the provider when it is needed for something else.
//
// With the argument "validator" it starts a provider that is never configured,
// prints its address, and ends it when its standard input is closed. A thin
// that finds the address in THIN_VALIDATOR lets that one validate.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
)

// settingsFile is a file with settings in JSON. It is set by the linker.
var settingsFile string //nolint:gochecknoglobals // the linker sets nothing else

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
	s, err := read(settingsFile)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	provider := &provider{path: s.Provider, log: os.Stderr}
	if slices.Equal(os.Args[1:], []string{"validator"}) {
		err = lend(provider)
	} else {
		err = serve(provider, s)
	}
	provider.end()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// lend lets others use a provider until nobody holds the standard input.
func lend(p *provider) error {
	if err := p.start(); err != nil {
		return err
	}
	fmt.Println(p.address)
	_, err := io.Copy(io.Discard, os.Stdin)
	return err
}

func read(file string) (s settings, err error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return s, err
	}
	return s, json.Unmarshal(text, &s)
}
