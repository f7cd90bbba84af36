/*
 * floor.c: what a launch costs a C program that makes the same system calls,
 * from a table, in a child that shares its memory (as vfork does).
 *
 *   floor FLAGS PLAN
 *
 * FLAGS are namespace bits for clone. PLAN is a file, one call a line:
 *
 *   NR OUT TOLERATED ARG...
 *
 * where ARG is i:NUMBER, b:HEX (bytes, a NUL is added), l:HEX,HEX,...: (a vector),
 * r:REG (a register's value) or a:REG (its address). Numbers are decimal.
 *
 * Then counts come on standard input, one a line: it launches and waits that
 * many times, and answers with the nanoseconds that took.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct call {
	long nr, out, tolerated, args[6];
	long from[6]; /* register that the argument is read from, 0: none */
};

static struct call calls[1024];
static int count;
static long regs[64];
static char stack[65536] __attribute__((aligned(16)));

static char *bytes(const char *hex, const char *end)
{
	char *out = calloc(1, (end - hex) / 2 + 1), *at = out;
	for (; hex + 1 < end; hex += 2) {
		unsigned byte;
		sscanf(hex, "%2x", &byte);
		*at++ = byte;
	}
	return out;
}

static char **vector(char *text)
{
	char **out = calloc(strlen(text) + 1, sizeof *out);
	int n = 0;
	for (char *end; (end = strchr(text, ',')); text = end + 1)
		out[n++] = bytes(text, end);
	return out;
}

static void argument(struct call *c, int i, char *text)
{
	char *value = text + 2;
	switch (*text) {
	case 'i': c->args[i] = strtol(value, NULL, 10); break;
	case 'b': c->args[i] = (long)bytes(value, value + strlen(value)); break;
	case 'l': c->args[i] = (long)vector(value); break;
	case 'r': c->from[i] = atol(value); break;
	case 'a': c->args[i] = (long)&regs[atol(value)]; break;
	}
}

static void read_plan(FILE *file)
{
	char *line = NULL;
	size_t room = 0;
	while (getline(&line, &room, file) > 0) {
		struct call *c = &calls[count++];
		c->nr = atol(strtok(line, " \n"));
		c->out = atol(strtok(NULL, " \n"));
		c->tolerated = atol(strtok(NULL, " \n"));
		char *word;
		for (int i = 0; i < 6 && (word = strtok(NULL, " \n")); i++)
			argument(c, i, word);
	}
}

static int child(void *unused)
{
	(void)unused;
	for (struct call *c = calls; c < calls + count; c++) {
		long a[6];
		for (int i = 0; i < 6; i++)
			a[i] = c->from[i] ? regs[c->from[i]] : c->args[i];
		long r = syscall(c->nr, a[0], a[1], a[2], a[3], a[4], a[5]);
		if (r == -1 && !c->tolerated)
			_exit(126);
		regs[c->out] = r;
	}
	_exit(127);
}

int main(int argc, char **argv)
{
	char line[32];
	FILE *plan;
	if (argc < 3 || !(plan = fopen(argv[2], "r")))
		return 2;
	read_plan(plan);
	int flags = CLONE_VM | CLONE_VFORK | SIGCHLD | (int)atol(argv[1]);
	while (fgets(line, sizeof line, stdin)) {
		struct timespec from, to;
		clock_gettime(CLOCK_MONOTONIC, &from);
		for (int n = atoi(line); n > 0; n--) {
			int status;
			pid_t pid = clone(child, stack + sizeof stack, flags, NULL);
			if (pid < 0 || waitpid(pid, &status, 0) < 0 || status != 0) {
				printf("errno %d, status %#x\n", errno, status);
				return 1;
			}
		}
		clock_gettime(CLOCK_MONOTONIC, &to);
		printf("%lld\n", (to.tv_sec - from.tv_sec) * 1000000000LL + to.tv_nsec - from.tv_nsec);
		fflush(stdout);
	}
	return 0;
}
