package main

import (
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/encoding/protowire"
)

// handshake is how Terraform and a provider with version 5 of the protocol know
// each other
// (https://github.com/hashicorp/terraform-plugin-go/blob/main/tfprotov5/tf5server/server.go).
var handshake = plugin.HandshakeConfig{ //nolint:gochecknoglobals // never changed
	ProtocolVersion:  5,
	MagicCookieKey:   "TF_PLUGIN_MAGIC_COOKIE",
	MagicCookieValue: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
}

// The methods that are not passed on to a provider of one's own.
const (
	getSchema = "/tfplugin5.Provider/GetSchema"
	prepare   = "/tfplugin5.Provider/PrepareProviderConfig"
	validate  = "/tfplugin5.Provider/Validate" // and what it validates
)

// serve serves Terraform until it asks for the end.
func serve(own *provider, s settings) error {
	validator := own.call
	if address := os.Getenv("THIN_VALIDATOR"); address != "" {
		conn, err := dial(address)
		if err != nil {
			return err
		}
		validator = func(ctx context.Context, method string, message []byte) ([]byte, error) {
			return invoke(ctx, conn, method, message)
		}
	}
	answer := func(ctx context.Context, method string, message []byte) ([]byte, error) {
		switch {
		case method == getSchema:
			return schema(ctx, own, s, message)
		case method == prepare, strings.HasPrefix(method, validate):
			return validator(ctx, method, message)
		default:
			return own.call(ctx, method, message)
		}
	}
	plugin.Serve(&plugin.ServeConfig{
		HandshakeConfig:  handshake,
		VersionedPlugins: map[int]plugin.PluginSet{5: {"provider": passing{}}},
		GRPCServer: func(options []grpc.ServerOption) *grpc.Server {
			return grpc.NewServer(append(options, grpc.ForceServerCodecV2(codec{}), grpc.MaxRecvMsgSize(everything), grpc.UnknownServiceHandler(
				func(_ any, stream grpc.ServerStream) error {
					var message []byte
					if err := stream.RecvMsg(&message); err != nil {
						return err
					}
					method, _ := grpc.MethodFromServerStream(stream)
					answer, err := answer(stream.Context(), method, message)
					if err != nil {
						return err
					}
					return stream.SendMsg(&answer)
				}))...)
		},
	})
	return nil
}

// passing registers no service: what is unknown is passed on.
type passing struct{ plugin.NetRPCUnsupportedPlugin }

func (passing) GRPCServer(*plugin.GRPCBroker, *grpc.Server) error { return nil }

func (passing) GRPCClient(context.Context, *plugin.GRPCBroker, *grpc.ClientConn) (any, error) {
	return nil, nil
}

// schema returns the kept answer, or asks for it and keeps it. Others may do
// the same at once.
func schema(ctx context.Context, own *provider, s settings, message []byte) ([]byte, error) {
	types, err := s.configured()
	if err != nil {
		return nil, err
	}
	name := filepath.Join(s.Kept, fmt.Sprintf("schema-%x", sha256.Sum256([]byte(s.Provider+strings.Join(types, "\n")))))
	if kept, err := os.ReadFile(name); err == nil {
		return kept, nil
	}
	all, err := own.call(ctx, getSchema, message)
	if err != nil {
		return nil, err
	}
	some, err := only(all, types)
	if err != nil {
		return nil, err
	}
	file, err := os.CreateTemp(s.Kept, "new-*")
	if err != nil {
		return nil, err
	}
	if _, err := file.Write(some); err != nil {
		return nil, err
	}
	if err := file.Close(); err != nil {
		return nil, err
	}
	return some, os.Rename(file.Name(), name)
}

// configured returns the types that stay, with those that stand in the
// configuration of the working directory, where Terraform runs.
func (s settings) configured() ([]string, error) {
	word, err := regexp.Compile(s.Word)
	if err != nil {
		return nil, err
	}
	files, err := filepath.Glob("*.tf")
	if err != nil {
		return nil, err
	}
	all := slices.Clone(s.Types)
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		all = append(all, word.FindAllString(string(text), -1)...)
	}
	slices.Sort(all)
	return slices.Compact(all), nil
}

// The fields of GetProviderSchema.Response that are maps of schemas by type
// (https://github.com/hashicorp/terraform/blob/main/docs/plugin-protocol/tfplugin5.proto).
var byType = []protowire.Number{2, 3, 8} //nolint:gochecknoglobals // never changed

// only returns an answer without the schemas of types that are not named. The
// functions and all else stay.
func only(answer []byte, types []string) (some []byte, err error) {
	for len(answer) > 0 {
		number, _, size := protowire.ConsumeField(answer)
		if size < 0 {
			return nil, protowire.ParseError(size)
		}
		field := answer[:size]
		if !slices.Contains(byType, number) || slices.Contains(types, key(field)) {
			some = append(some, field...)
		}
		answer = answer[size:]
	}
	return some, nil
}

// key is the key of a field that is an entry of a map.
func key(field []byte) string {
	_, _, size := protowire.ConsumeTag(field)
	entry, _ := protowire.ConsumeBytes(field[size:])
	_, _, size = protowire.ConsumeTag(entry)
	key, _ := protowire.ConsumeString(entry[size:])
	return key
}
