// Package lang turns text into shell code: statements of mvdan.cc/sh's syntax
// tree, with what that grammar lacks put in by this package without a fork.
//
//   - Wrapper blocks (wrapper.go, join.go): isolate --pid { ps aux | head; }.
//     Propose, parse, verify: in the parser's copy the blank before the block
//     becomes a semicolon; a proposal stands where the tree shows the wrapper
//     ending at it and the block beginning behind it, and the two statements are
//     joined; the others are withdrawn and the text is parsed again.
//   - Masks (mask.go): bytes the parser stumbles over become one placeholder byte
//     in its copy and get their value back in the tree: a # inside a word, a
//     carriage return, bytes that are not UTF-8, and the word let.
//   - Repairs (repair.go): $((1 $op 2)), $((a); (b)), export a.b=c and
//     here-documents ended by the end of the file, each after the parser has
//     rejected it.
//   - Here-documents (delim.go): <<'A'B is quoted, and <<- loses its tabs.
//
// Text is read in segments. A text that is all there (a file, -c) is parsed some
// 32 KB ahead in one pass and given out line by line, so the work is linear in
// its size; a text shared with the commands it runs (standard input, a terminal)
// is read one line at a time and no further than the line that completes a
// command. Either way an error is reported when it is reached, after the commands
// of earlier lines have run.
//
// Every line enters through source.line, before anything looks at it. That is where
// alias substitution rewrites it (alias.go): from the first alias on, texts are
// read line by line.
package lang
