package builtins

import "testing"

func TestParseOperand(t *testing.T) {
	for arg, want := range map[string]operand{
		"a":         {name: "a"},
		"a=":        {name: "a", assign: true},
		"a=b=c":     {name: "a", assign: true, value: "b=c"},
		"a+=b":      {name: "a", assign: true, add: true, value: "b"},
		"a[1]=b":    {name: "a", sub: "1", elem: true, assign: true, value: "b"},
		"a[b[1]]=c": {name: "a", sub: "b[1]", elem: true, assign: true, value: "c"},
		"a[x y]+=b": {name: "a", sub: "x y", elem: true, assign: true, add: true, value: "b"},
		"a[1]":      {name: "a", sub: "1", elem: true},
		"1a=b":      {name: "", assign: false},
		"a-b=c":     {},
		"":          {},
	} {
		if got := parseOperand(arg); got.name != want.name || want.name != "" && got != want {
			t.Errorf("%s: %+v, want %+v", arg, got, want)
		}
	}
}
