package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"sync"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
)

// clientCert is what Terraform gives a provider so that they trust each other.
// Without it the provider speaks plainly.
const clientCert = "PLUGIN_CLIENT_CERT="

// everything is more than any message has, in bytes: gRPC's own limit is 4 MB.
const everything = 1 << 30

// A provider is the real one. It is started by the first call.
type provider struct {
	path string
	log  *os.File // where it logs: serving puts a pipe in the place of os.Stderr

	once    sync.Once
	err     error
	address string // in gRPC's words, such as unix:/tmp/plugin1
	conn    *grpc.ClientConn
	process *os.Process
	ended   chan struct{}
}

// call passes a message on, as it is, and returns the answer.
func (p *provider) call(ctx context.Context, method string, message []byte) (answer []byte, err error) {
	p.once.Do(func() { p.err = p.start() })
	if p.err != nil {
		return nil, p.err
	}
	return invoke(ctx, p.conn, method, message)
}

func invoke(ctx context.Context, conn *grpc.ClientConn, method string, message []byte) (answer []byte, err error) {
	err = conn.Invoke(ctx, method, &message, &answer)
	return answer, err
}

func dial(address string) (*grpc.ClientConn, error) {
	return grpc.NewClient(address, grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithDefaultCallOptions(grpc.ForceCodecV2(codec{}), grpc.MaxCallRecvMsgSize(everything), grpc.MaxCallSendMsgSize(everything)))
}

func (p *provider) start() error {
	cmd := exec.Command(p.path)
	cmd.Env = slices.DeleteFunc(os.Environ(), func(v string) bool { return strings.HasPrefix(v, clientCert) })
	cmd.Env = append(cmd.Env, handshake.MagicCookieKey+"="+handshake.MagicCookieValue)
	cmd.Stderr = p.log
	cmd.SysProcAttr = dieTogether()
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	p.ended = make(chan struct{})
	started := make(chan error)
	go func() {
		defer close(p.ended)
		runtime.LockOSThread() // it dies with the thread that starts it
		err := cmd.Start()
		if err != nil {
			started <- err
			return
		}
		p.process = cmd.Process
		stdout := bufio.NewReader(out)
		if p.address, err = greeting(stdout); err == nil {
			p.conn, err = dial(p.address)
		}
		started <- err
		_, _ = io.Copy(io.Discard, stdout)
		_ = cmd.Wait() // it was killed
	}()
	return <-started
}

// greeting reads where the provider listens, from the line that it greets with:
// its protocols' versions, the network, the address, and more
// (https://github.com/hashicorp/go-plugin/blob/main/docs/internals.md).
func greeting(stdout *bufio.Reader) (string, error) {
	line, err := stdout.ReadString('\n')
	if err != nil {
		return "", fmt.Errorf("the AWS provider does not greet: %w", err)
	}
	fields := strings.Split(line, "|")
	if len(fields) < 5 || fields[1] != "5" {
		return "", fmt.Errorf("the AWS provider greets with %q, not with version 5 of the protocol", line)
	}
	return fields[2] + ":" + fields[3], nil
}

// end ends the provider, if it was started.
func (p *provider) end() {
	if p.process != nil {
		_ = p.process.Kill() // it may have ended
		<-p.ended
	}
}
