package main

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
)

// everything is more than any message has, in bytes: gRPC's own limit is 4 MB.
const everything = 1 << 30

// A provider is a real one for this command. The first call gets it.
type provider struct {
	// get returns its address, and what gives it up: fit is whether another may
	// have it.
	get func() (address string, giveUp func(fit bool), err error)

	once   sync.Once
	err    error
	conn   *grpc.ClientConn
	giveUp func(fit bool)
	unfit  atomic.Bool
}

// call passes a message on, as it is, and returns the answer.
func (p *provider) call(ctx context.Context, method string, message []byte) (answer []byte, err error) {
	p.once.Do(func() { p.err = p.connect() })
	if p.err != nil {
		return nil, p.err
	}
	err = p.conn.Invoke(ctx, method, &message, &answer)
	if err != nil || method == stop {
		p.unfit.Store(true)
	}
	return answer, err
}

func (p *provider) connect() error {
	address, giveUp, err := p.get()
	if err != nil {
		return err
	}
	p.giveUp = giveUp
	p.conn, err = grpc.NewClient(address, grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithDefaultCallOptions(grpc.ForceCodecV2(codec{}), grpc.MaxCallRecvMsgSize(everything), grpc.MaxCallSendMsgSize(everything)))
	return err
}

// end gives the provider up, if there was a call.
func (p *provider) end() {
	if p.giveUp != nil {
		p.giveUp(!p.unfit.Load())
	}
}

// started is a provider of this command alone, which logs to a file.
func started(path string, log *os.File) *provider {
	return &provider{get: func() (string, func(bool), error) {
		p, err := launch(path, "", environ(), log)
		if err != nil {
			return "", nil, err
		}
		return p.address, func(bool) { p.end() }, nil
	}}
}

// borrowed is a provider that a lender has.
func borrowed(address string, asked loan) *provider {
	return &provider{get: func() (string, func(bool), error) {
		conn, err := net.Dial("unix", address)
		if err != nil {
			return "", nil, err
		}
		requests, answers := json.NewEncoder(conn), json.NewDecoder(conn)
		var got lent
		if err := errors.Join(requests.Encode(asked), answers.Decode(&got)); err != nil {
			return "", nil, err
		}
		if got.Error != "" {
			return "", nil, errors.New(got.Error)
		}
		return got.Address, func(fit bool) {
			_ = requests.Encode(fit)         // A lender that has gone needs no word,
			_, _ = io.Copy(io.Discard, conn) // and one that is there hangs up when it is done.
			_ = conn.Close()
		}, nil
	}}
}

// environ is the environment of a provider, sorted. It needs no variable of the
// configuration or of Terraform's commands, and none of those that this command
// was started with: without PLUGIN_CLIENT_CERT, by which it would trust Terraform
// alone, it speaks plainly.
func environ() []string {
	env := slices.DeleteFunc(os.Environ(), func(v string) bool {
		return strings.HasPrefix(v, "PLUGIN_") || strings.HasPrefix(v, "TF_VAR_") || strings.HasPrefix(v, "TF_CLI_")
	})
	slices.Sort(env)
	return env
}
