package pattern

import (
	"strings"
	"testing"
)

func BenchmarkMatch(b *testing.B) {
	for _, c := range []struct{ pattern, text string }{
		{"start", "stop"}, {"*.c", "file.c"}, {"-*", "--option"}, {"*/*", "usr/share/doc"}, {"[0-9]*", "42nd"}, {"[!0-9]*", "x42"},
		{"*[!0-9]*", "12345678"}, {"a*b*c", "axxxbyyyc"}, {"?é[[:alpha:]]", "xéü"},
	} {
		b.Run(c.pattern, func(b *testing.B) {
			p := Compile(c.pattern)
			b.ReportAllocs()
			for b.Loop() {
				p.Match(c.text)
			}
		})
	}
}

func BenchmarkTrim(b *testing.B) {
	path := "/usr/share/doc/cosh/README.md.gz"
	for _, p := range []string{"*/", "?", "*[./]"} {
		b.Run("##"+p, func(b *testing.B) {
			p := Compile(p)
			for b.Loop() {
				p.TrimPrefix(path, true)
			}
		})
	}
	for _, p := range []string{".*", "/*", "[./]*", ".[a-z]*"} {
		b.Run("%"+p, func(b *testing.B) {
			p := Compile(p)
			for b.Loop() {
				p.TrimSuffix(path, false)
			}
		})
	}
	long := strings.Repeat("abc ", 1<<16)
	b.Run("%%[!x]*x, 256 KB", func(b *testing.B) {
		p := Compile("[!x]*x")
		for b.Loop() {
			p.TrimSuffix(long, true)
		}
	})
	b.Run("##*[b-d]x*, 256 KB", func(b *testing.B) {
		p := Compile("*[b-d]x*")
		for b.Loop() {
			p.TrimPrefix(long, true)
		}
	})
}

func BenchmarkCompile(b *testing.B) {
	for _, p := range []string{"plain", "*.c", "[0-9]*", `a\*b`} {
		b.Run(p, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Compile(p)
			}
		})
	}
}
