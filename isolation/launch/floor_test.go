package launch_test

import (
	"bufio"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"cosh/isolation"
	"cosh/isolation/launch"
)

// inC is a plan run by testdata/floor.c.
func inC(b *testing.B, name string, plan func() (*isolation.Plan, error)) contender {
	b.Helper()
	p, err := plan()
	if err != nil {
		b.Skip(err)
	}
	if len(p.Before)+len(p.Late)+len(p.After) > 0 {
		b.Fatalf("%s: only child steps can be compared", name)
	}
	var text strings.Builder
	for i := range p.Child {
		for j := range p.Child[i].Calls {
			writeCall(&text, &p.Child[i].Calls[j])
		}
	}
	file := filepath.Join(b.TempDir(), "plan")
	if err := os.WriteFile(file, []byte(text.String()), 0o644); err != nil {
		b.Fatal(err)
	}
	floor := compile(b, "floor")
	return coprocess(b, name, floor, strconv.FormatUint(uint64(p.Flags), 10), file)
}

// writeCall writes c as a line of floor.c's input.
func writeCall(out *strings.Builder, c *isolation.Call) {
	fmt.Fprint(out, c.Nr, c.Out, len(c.Tolerate))
	for _, a := range c.Args {
		switch a.Kind {
		case isolation.ArgInt:
			fmt.Fprintf(out, " i:%d", int(a.Int))
		case isolation.ArgString, isolation.ArgBytes:
			fmt.Fprintf(out, " b:%s", hex.EncodeToString([]byte(a.Str)))
		case isolation.ArgList:
			out.WriteString(" l:")
			for _, s := range a.List {
				out.WriteString(hex.EncodeToString([]byte(s)) + ",")
			}
		case isolation.ArgReg:
			fmt.Fprintf(out, " r:%d", a.Int)
		case isolation.ArgRegAddr:
			fmt.Fprintf(out, " a:%d", a.Int)
		}
	}
	out.WriteByte('\n')
}

// playFloor is floor.c in Go: a program that does nothing but launch, from its
// first thread.
func playFloor(path string) int {
	us := ours("", launch.Start, isolatedProgram(path).plan)
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		n, _ := strconv.Atoi(lines.Text())
		took, err := us.run(n)
		if err != nil {
			fmt.Println(err)
			return 1
		}
		fmt.Println(took.Nanoseconds())
	}
	return 0
}
