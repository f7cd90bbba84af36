module cosh

go 1.26.0

require (
	github.com/chzyer/readline v1.5.1
	golang.org/x/sys v0.49.0
	mvdan.cc/sh/v3 v3.14.1
)
