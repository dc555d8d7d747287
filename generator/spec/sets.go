package spec

import (
	"maps"
	"slices"
)

func contains[T comparable](list []T, element T) bool { return slices.Contains(list, element) }

// keys returns a map's keys in order.
func keys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// ordered returns a list's elements in order, without changing the list.
func ordered(list []string) []string { return slices.Sorted(slices.Values(list)) }
