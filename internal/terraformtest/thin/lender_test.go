package main

import (
	"net"
	"os"
	"path/filepath"
	"testing"
)

// A provider is lent again where it was, with the same environment, and never
// after an interrupt or to two at once.
func TestLend(t *testing.T) {
	path := filepath.Join(t.TempDir(), "provider")
	if err := os.WriteFile(path, []byte("#!/bin/sh\necho \"1|5|unix|$$|grpc|\"\nexec sleep 600\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	address := filepath.Join(t.TempDir(), "lender")
	listener, err := net.Listen("unix", address)
	if err != nil {
		t.Fatal(err)
	}
	go newLender(path).listen(listener)
	borrow := func(asked loan) (string, func(bool)) {
		t.Helper()
		address, giveUp, err := borrowed(address, asked).get()
		if err != nil {
			t.Fatal(err)
		}
		return address, giveUp
	}
	dir, env := t.TempDir(), []string{"A=1"}
	plan := loan{Dir: dir, Env: env}
	first, giveUp := borrow(plan)
	second, giveUpSecond := borrow(plan)
	giveUp(true)
	again, giveUpAgain := borrow(plan)
	elsewhere, giveUpElsewhere := borrow(loan{Dir: dir, Env: []string{"A=2"}})
	giveUpAgain(false)
	fresh, giveUpFresh := borrow(plan)
	validator, _ := borrow(loan{Validate: true})
	same, _ := borrow(loan{Validate: true})
	for _, giveUp := range []func(bool){giveUpSecond, giveUpElsewhere, giveUpFresh} {
		giveUp(false)
	}
	if second == first || again != first || elsewhere == first || fresh == first || fresh == second {
		t.Errorf("lent %q, %q beside it, %q after it, %q for another environment, %q after an interrupt", first, second, again, elsewhere, fresh)
	}
	if validator != same || validator == fresh {
		t.Errorf("%q and %q validate", validator, same)
	}
	if _, _, err := borrowed(address, loan{Dir: filepath.Join(dir, "none"), Env: env}).get(); err == nil {
		t.Error("a provider runs in a folder that is not there")
	}
}
