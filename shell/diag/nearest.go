package diag

import "strings"

// longest is the longest word Nearest looks at, in bytes: nobody mistypes more.
const longest = 64

// Nearest is the one of among that word was most likely meant to be, "" where
// nothing is near: a word that begins with it, or one reached by a few single
// insertions, deletions, changes and swaps of neighbours (at most a third of
// the word's length). The first of equals wins.
func Nearest(word string, among []string) string {
	if word == "" || len(word) > longest {
		return ""
	}
	best, least := "", len(word)/3+1
	if len(word) <= 2 {
		least = 2
	}
	for _, w := range among {
		if w == word || w == "" || len(w) > longest {
			continue
		}
		d := distance(word, w)
		if len(word) > 2 && strings.HasPrefix(w, word) {
			d = 0
		}
		if d < least && d < len(w) {
			best, least = w, d
		}
	}
	return best
}

// distance is the optimal string alignment distance of a and b, both at most
// longest bytes.
func distance(a, b string) int {
	var rows [3][longest + 1]int
	last, row, before := &rows[0], &rows[1], &rows[2]
	for j := 0; j <= len(b); j++ {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			change := last[j-1]
			if a[i-1] != b[j-1] {
				change++
			}
			row[j] = min(last[j]+1, row[j-1]+1, change)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
