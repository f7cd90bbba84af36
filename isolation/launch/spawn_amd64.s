#include "textflag.h"

// Offsets of op, failure: see op.go.
#define op_nr 0
#define op_a0 8
#define op_a1 16
#define op_a2 24
#define op_a3 32
#define op_a4 40
#define op_a5 48
#define op_out 56
#define op_want 64
#define op_flags 72
#define op_tolerate 80
#define op_size 112
#define fail_op 0
#define fail_errno 8
#define fail_stopped 16

#define SYS_clone3 435
#define SYS_exit_group 231
#define ENOENT 2
#define ESRCH 3
#define EACCES 13
#define EPROTO 71

// func spawn(args *cloneArgs, program, fail uintptr) (pid uintptr)
//
// The parent returns from clone3 as from any call. The child never leaves this
// function: it walks the ops with R12 pointing to the current one and R13 to
// the failure. It touches no stack and no Go memory outside the slab. SYSCALL
// clobbers AX, CX and R11 only.
TEXT ·spawn(SB), NOSPLIT, $0-32
	MOVQ	args+0(FP), DI
	MOVQ	$88, SI
	MOVQ	program+8(FP), R12
	MOVQ	fail+16(FP), R13
	MOVQ	$SYS_clone3, AX
	SYSCALL
	TESTQ	AX, AX
	JEQ	next
	MOVQ	AX, pid+24(FP)
	RET

next:
	MOVQ	op_nr(R12), AX
	MOVQ	op_a0(R12), DI
	MOVQ	op_a1(R12), SI
	MOVQ	op_a2(R12), DX
	MOVQ	op_a3(R12), R10
	MOVQ	op_a4(R12), R8
	MOVQ	op_a5(R12), R9
	TESTQ	AX, AX
	JLT	pseudo
	SYSCALL
	CMPQ	AX, $-4095
	JCC	failed
	TESTQ	$1, op_flags(R12)
	JEQ	store
	CMPQ	AX, op_want(R12)
	JNE	unwanted

store:
	MOVQ	op_out(R12), BX
	TESTQ	BX, BX
	JEQ	advance
	MOVQ	AX, (BX)

advance:
	ADDQ	$op_size, R12
	JMP	next

pseudo:
	CMPQ	AX, $-1
	JEQ	move
	CMPQ	AX, $-2
	JNE	stop
	MOVL	(DI), AX
	TESTL	AX, AX
	JNE	advance
	MOVQ	$ESRCH, AX
	JMP	record

move:
	MOVQ	(DI), AX
	MOVQ	AX, (SI)
	JMP	advance

unwanted:
	MOVQ	$EPROTO, AX
	JMP	record

	// failure.note in Go is the same rule.
failed:
	NEGQ	AX
	MOVQ	fail_errno(R13), CX
	CMPQ	AX, $192
	JCC	hard
	BTQ	AX, op_tolerate(R12)
	JCS	tolerated

hard:
	TESTQ	$2, op_flags(R12)
	JEQ	record
	TESTQ	CX, CX
	JEQ	record
	CMPQ	AX, $ENOENT
	JEQ	stop

record:
	MOVQ	R12, fail_op(R13)
	MOVQ	AX, fail_errno(R13)

stop:
	MOVQ	$1, fail_stopped(R13)
	MOVQ	$127, DI
	MOVQ	$SYS_exit_group, AX
	SYSCALL
	INT	$3

tolerated:
	TESTQ	$2, op_flags(R12)
	JEQ	advance
	TESTQ	CX, CX
	JEQ	keep
	CMPQ	AX, $ENOENT
	JEQ	advance
	CMPQ	CX, $EACCES
	JEQ	advance

keep:
	MOVQ	R12, fail_op(R13)
	MOVQ	AX, fail_errno(R13)
	JMP	advance
