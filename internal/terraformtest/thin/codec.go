package main

import (
	"google.golang.org/grpc/encoding"
	_ "google.golang.org/grpc/encoding/proto" // which go-plugin's own services speak
	"google.golang.org/grpc/mem"
)

// codec leaves a message as it is where it is a *[]byte.
type codec struct{}

func (codec) Name() string { return "proto" }

func (codec) Marshal(message any) (mem.BufferSlice, error) {
	if raw, ok := message.(*[]byte); ok {
		return mem.BufferSlice{mem.SliceBuffer(*raw)}, nil
	}
	return encoding.GetCodecV2("proto").Marshal(message)
}

func (codec) Unmarshal(data mem.BufferSlice, message any) error {
	if raw, ok := message.(*[]byte); ok {
		*raw = data.Materialize()
		return nil
	}
	return encoding.GetCodecV2("proto").Unmarshal(data, message)
}
