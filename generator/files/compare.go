package files

// onDisk is what was found at a path.
type onDisk struct {
	text   []byte
	exists bool
}

// compare says what is to be done about one file. Nothing is to be done about
// a file that is as it should be, whoever wrote it.
func compare(name string, wanted []byte, isWanted bool, disk onDisk, old *manifest) (Change, bool) {
	switch {
	case !isWanted:
		return compareGone(name, disk, old)
	case !disk.exists:
		return Change{Verb: Create, Path: name, New: wanted}, true
	case same(disk.text, wanted):
		return Change{}, false
	}
	return Change{Verb: Update, Path: name, Old: disk.text, New: wanted, Conflict: old.conflict(name, disk.text)}, true
}

// compareGone is compare for a file that is no longer generated.
func compareGone(name string, disk onDisk, old *manifest) (Change, bool) {
	if !disk.exists {
		return Change{}, false
	}
	conflict := old.conflict(name, disk.text)
	// A file that we meant to overwrite and never did is still a person's.
	if conflict == Foreign {
		return Change{}, false
	}
	return Change{Verb: Remove, Path: name, Old: disk.text, Conflict: conflict}, true
}
