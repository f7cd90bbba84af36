module cosh

go 1.26.0

require (
	github.com/chzyer/readline v1.5.1 // the terminal driver behind shell/term: raw mode and the read loop
	golang.org/x/sys v0.49.0 // the kernel's calls, numbers and structures
	mvdan.cc/sh/v3 v3.14.1 // the shell grammar: its syntax package alone
)
