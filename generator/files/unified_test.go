package files

import "testing"

func TestUnified(t *testing.T) {
	for _, row := range []struct{ name, first, disk, then, want string }{
		{
			"create, update, remove",
			`a.tf=1\n2\n3\n4\n5\n6\n b.tf=1\n`, "", `a.tf=1\n2\n3\n4\n5\nsix\n c.tf=1\n2\n`,
			`--- a/infra/a.tf
+++ b/infra/a.tf
@@ -3,4 +3,4 @@
 3
 4
 5
-6
+six
--- a/infra/b.tf
+++ /dev/null
@@ -1 +0,0 @@
-1
--- /dev/null
+++ b/infra/c.tf
@@ -0,0 +1,2 @@
+1
+2
`,
		},
		{
			"only what differs, in a CRLF checkout", `a.tf=1\n2\n`, `a.tf=1\r\n2\r\n`, `a.tf=1\n3\n`,
			"--- a/infra/a.tf\n+++ b/infra/a.tf\n@@ -1,2 +1,2 @@\n 1\n-2\n+3\n",
		},
		{
			"no newline at the end", `a.tf=1\n`, "", `a.tf=1`,
			"--- a/infra/a.tf\n+++ b/infra/a.tf\n@@ -1 +1 @@\n-1\n+1\n\\ No newline at end of file\n",
		},
		{
			"a conflict shows what would be lost", `a.tf=1\n`, `a.tf=mine\n`, `a.tf=1\n`,
			"--- a/infra/a.tf\n+++ b/infra/a.tf\n@@ -1 +1 @@\n-mine\n+1\n",
		},
		{
			"not text", "a.tf=1", "a.tf=\xff", "a.tf=1",
			"Binary files a/infra/a.tf and b/infra/a.tf differ\n",
		},
		{
			"not text either", "", "", "a.tf=\x00",
			"Binary files /dev/null and b/infra/a.tf differ\n",
		},
	} {
		t.Run(row.name, func(t *testing.T) {
			dir := t.TempDir()
			mustWrite(t, dir, parseSet(row.first), options())
			put(t, dir, row.disk)
			equal(t, "diff", string(mustDiff(t, dir, parseSet(row.then), options()).Unified()), row.want)
		})
	}
}
