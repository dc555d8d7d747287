package buildspec

import "slices"

// afterFailure finds the first push in post_build of an image that is there
// although the build failed. Where docker build itself is what failed there is
// no image, and the push fails too.
func (c *checker) afterFailure() {
	for _, p := range c.trace.pushes {
		if p.after && (c.guard == 0 || c.guard > p.step) && c.failedBetween(p) {
			c.add(PushAfterFail, Warning, p.Place, "Begin post_build with:\n- test \"${CODEBUILD_BUILD_SUCCEEDING}\" = 1",
				"post_build runs even after a build that failed, so that this may push what has not passed its tests.")
			return
		}
	}
}

// failedBetween tells that something can fail in the build phase and leave the
// image for this push behind: after the image is made, or anything at all if it
// is made in another phase. Of an image that a script makes nothing is known but
// that tests come after it.
func (c *checker) failedBetween(p imageUse) bool {
	made := c.madeAt(p)
	return slices.ContainsFunc(c.checks, func(k check) bool {
		switch {
		case k.phase != "build" || k.after || k.step > p.step:
			return false
		case made == nil:
			return k.test
		}
		return made.phase != "build" || made.after || k.step > made.step
	})
}

// madeAt is where the image of a push is built, nil if no command shows it.
func (c *checker) madeAt(p imageUse) *event {
	for _, reference := range p.images {
		reference = tagged(reference)
		for range len(c.made) {
			i := slices.IndexFunc(c.made, func(m making) bool { return m.reference == reference })
			if i < 0 {
				break
			}
			if c.made[i].from == "" {
				return &c.made[i].event
			}
			reference = c.made[i].from
		}
	}
	return nil
}
