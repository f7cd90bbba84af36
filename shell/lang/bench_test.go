package lang

import (
	"io"
	"strings"
	"testing"

	"mvdan.cc/sh/v3/syntax"
)

// functions is a script of about size bytes; line is a body line of every one.
func functions(size int, line string) string {
	one := "f() {\n\techo \"$1\" | sed 's/a/b/' # comment\n\tif test -n \"$x\"; then\n\t\t" + line + "\n\tfi\n}\nf a\n"
	return strings.Repeat(one, size/len(one))
}

// The parser alone is the yardstick: a Reader's rate is to be close to it,
// and the same for texts of any size.
func BenchmarkParser(b *testing.B) {
	src := functions(1<<20, "y=${x%.c}.o")
	b.SetBytes(int64(len(src)))
	for b.Loop() {
		if _, err := syntax.NewParser().Parse(strings.NewReader(src), ""); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkReader(b *testing.B) {
	for _, c := range []struct {
		name, line string
		size       int
	}{
		{"plain/64K", "y=${x%.c}.o", 64 << 10},
		{"plain/1M", "y=${x%.c}.o", 1 << 20},
		{"plain/4M", "y=${x%.c}.o", 4 << 20},
		{"wrappers/1M", "isolate --pid { ps | head; }", 1 << 20},
		{"masks/1M", "y=$(echo $x#)", 1 << 20},
		{"arithmetic/1M", "y=$((1 $op 2))", 1 << 20},
	} {
		src := functions(c.size, c.line)
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(src)))
			b.ReportAllocs()
			for b.Loop() {
				drain(b, NewTextReader("", src, opts))
			}
		})
	}
	src := functions(1<<20, "y=${x%.c}.o")
	b.Run("lines/1M", func(b *testing.B) {
		b.SetBytes(int64(len(src)))
		for b.Loop() {
			drain(b, NewReader("", lines(src), opts))
		}
	})
	b.Run("eval", func(b *testing.B) {
		p := NewParser(opts)
		b.ReportAllocs()
		for b.Loop() {
			if _, err := p.Parse("", "x=$y; echo \"$x\"", 0); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func drain(b *testing.B, r *Reader) {
	for {
		if _, err := r.Next(); err == io.EOF {
			return
		} else if err != nil {
			b.Fatal(err)
		}
	}
}
