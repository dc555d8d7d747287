package faults

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync"
	"testing"
)

// A proxy stands between Terraform and the local AWS, passes everything on, and
// fails on demand.
type proxy struct {
	*httptest.Server
	mu     sync.Mutex
	faults []*fault
}

// A fault is what happens to some calls instead of an answer.
type fault struct {
	call   string                                        // "CreateRepository", "PUT KEY"; a part of it is enough, and a space is its end
	times  int                                           // how often; negative for ever
	answer func(http.ResponseWriter, *http.Request) bool // whether AWS shall answer after all
}

func newProxy(t *testing.T) *proxy {
	t.Helper()
	target, err := url.Parse(aws.URL)
	if err != nil {
		t.Fatal(err)
	}
	p := &proxy{}
	next := httputil.NewSingleHostReverseProxy(target)
	p.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		f := p.fault(callOf(r))
		if f == nil || f.answer(w, r) {
			next.ServeHTTP(w, r)
		}
	}))
	t.Cleanup(p.Close)
	return p
}

// callOf is the name of a call of AWS.
func callOf(r *http.Request) string {
	if target := r.Header.Get("X-Amz-Target"); target != "" {
		return target[strings.LastIndex(target, ".")+1:]
	}
	if r.Method == http.MethodPost {
		body, _ := io.ReadAll(r.Body)
		r.Body = io.NopCloser(bytes.NewReader(body))
		if form, err := url.ParseQuery(string(body)); err == nil && form.Get("Action") != "" {
			return form.Get("Action")
		}
	}
	return r.Method + " " + r.URL.Path
}

// fault finds the fault of a call, and counts it.
func (p *proxy) fault(call string) *fault {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, f := range p.faults {
		if f.times != 0 && strings.Contains(call+" ", f.call) {
			f.times--
			return f
		}
	}
	return nil
}

// on adds a fault, and clear takes all away.
func (p *proxy) on(f fault) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.faults = append(p.faults, &f)
}

func (p *proxy) clear() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.faults = nil
}

// cut ends the connection without an answer.
func cut(http.ResponseWriter, *http.Request) bool { panic(http.ErrAbortHandler) }

// answer is a fault that answers with a status and a body.
func answer(status int, body string) func(http.ResponseWriter, *http.Request) bool {
	return func(w http.ResponseWriter, _ *http.Request) bool {
		w.Header().Set("Content-Type", "application/x-amz-json-1.1")
		w.WriteHeader(status)
		io.WriteString(w, body)
		return false
	}
}

// A gate holds calls until it is opened.
type gate struct{ reached, open chan struct{} }

// hold lets the calls of a name wait at a gate, and then go on to AWS.
func (p *proxy) hold(t *testing.T, call string) *gate {
	g := &gate{make(chan struct{}, 100), make(chan struct{})}
	t.Cleanup(g.pass)
	p.on(fault{call: call, times: -1, answer: func(_ http.ResponseWriter, r *http.Request) bool {
		g.reached <- struct{}{}
		select {
		case <-g.open:
			return true
		case <-r.Context().Done(): // who asked has gone
			return false
		}
	}})
	return g
}

// arrived waits until a call is at the gate.
func (g *gate) arrived(t *testing.T) {
	t.Helper()
	await(t, "a call", func() bool {
		select {
		case <-g.reached:
			return true
		default:
			return false
		}
	})
}

// pass opens the gate for good.
func (g *gate) pass() {
	select {
	case <-g.open:
	default:
		close(g.open)
	}
}
