package lang

import "testing"

// TestQuoteEnd holds that the $' that ends a quoted string is not taken for the
// beginning of one.
func TestQuoteEnd(t *testing.T) {
	for _, src := range []string{
		"if a 's/x$'; then b; fi; c 'y'\n",
		"if a 's/x$' 's/y$'; then\nb 'z$'\nfi; c $'d\\'e' 'f'\n",
	} {
		if _, err := Parse("", src, Options{Posix: true}); err != nil {
			t.Errorf("%q: %v", src, err)
		}
	}
}
