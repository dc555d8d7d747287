package files

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
)

// Hash is the SHA-256 of a text whose line ends are LF, as
// "sha256:" and 64 hexadecimal digits. A checkout with CRLF has the same.
func Hash(text []byte) string {
	sum := sha256.Sum256(unixLines(text))
	return "sha256:" + hex.EncodeToString(sum[:])
}

// unixLines is a text with LF for CRLF: itself, and no copy, where it has none.
func unixLines(text []byte) []byte {
	if !bytes.Contains(text, []byte("\r\n")) {
		return text
	}
	return bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
}

// same tells whether two texts differ in nothing but CRLF for LF.
func same(a, b []byte) bool { return bytes.Equal(unixLines(a), unixLines(b)) }

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
