#!/usr/bin/env cosh
#
# From a process to a container, in eight small steps.
#
#     cosh scripts/tour.csh                    as root, or as yourself
#     go run ./cmd/cosh scripts/tour.csh       straight from the source
#
# A container is a process with boundaries around it. cosh has three words that
# draw them, and they go before any command, function or { block; }:
#
#     isolate         what the process can see        (namespaces)
#     limit           what it can use up              (cgroups)
#     chroot-image    which files are the root        (a root filesystem)
#
# The script changes nothing on this machine: it makes one file in /var/tmp and
# removes it again.

# step TITLE: a heading.
number=0
step() {
    number=$((number + 1))
    echo
    echo "--- $number. $1"
}

# status FIELD PID: one field of what the kernel says about a process. /proc
# is not on any disk: to read a file in it is to ask the kernel a question.
status() {
    while read -r field value; do
        if [ "$field" = "$1:" ]; then echo "$value"; fi
    done < "/proc/$2/status"
}

# tree PID [INDENT]: a process and, below it, its children. Every process but
# the first has a parent, and /proc says which.
tree() {
    echo "$2$(status Name "$1") $1"
    for dir in /proc/[0-9]*; do
        if [ "$(status PPid "${dir#/proc/}" 2>/dev/null)" = "$1" ]; then
            tree "${dir#/proc/}" "$2  "
        fi
    done
}

# row LABEL INSIDE OUTSIDE: one line of a table.
row() { printf '%-16s%-10s%s\n' "$@"; }

# Not every machine lets every user draw boundaries. The shell says why.
if ! why=$(isolate true 2>&1); then
    echo "this machine does not let you make a namespace, so the tour ends here:"
    echo "$why"
    exit 1
fi


step "A process"
# The shell is a process with a number. Each command it starts is another one,
# its child; & lets the child run while the shell goes on.

echo "this shell is process $$"
sleep 60 &
plain=$!

# It is born as a copy of the shell and then executes its program: wait for that.
until [ "$(status Name $plain)" = sleep ]; do :; done
echo "the sleep that it started is process $plain; as a tree:"
tree $$ "    "


step "A process tree of its own"
# isolate --pid starts the child in a new PID namespace, where counting begins
# again at 1. It is still an ordinary process: from outside it has an ordinary
# number, too. NSpid lists both, the outermost first.

isolate --pid sleep 60 &
isolated=$!
set -- $(status NSpid $isolated)
row "" inside outside
row "plain sleep" - "process $plain"
row "isolated sleep" "process $2" "process $1"

# Seen from inside, nothing else on the machine has a number, so it cannot even
# be named in a kill. A block shows it: here cosh itself is number 1.

isolate --pid {
    sleep 60 &
    echo "all the processes there are, seen from inside:" $(cd /proc && echo [0-9]*)
}

# Outside it is a job like any other. (The kernel keeps from a number 1 each signal
# that it did not ask for, TERM among them; the shell knows, and ends it all the same.
# With number 1 everything in its process tree ends.)

kill -TERM $plain $isolated
wait $plain;    echo "plain sleep: status $?, 128 + 15, ended by TERM"
wait $isolated; echo "isolated sleep: status $?, the same"


step "A host name, a network and mounts of its own"
# There is a kind of namespace for each thing that a machine has one of. What is
# changed inside stays inside.

host_name() { read -r name < /proc/sys/kernel/hostname && echo "$name"; }

# network: the names of the network devices.
network() {
    names=
    while read -r name rest; do
        case $name in *:) names="$names ${name%:}" ;; esac
    done < /proc/net/dev
    echo ${names}
}

# mounted DIR: is anything mounted there?
mounted() {
    while read -r device where rest; do
        if [ "$where" = "$1" ]; then echo yes; return; fi
    done < /proc/mounts
    echo no
}

row "" inside outside
row "host name" "$(isolate --hostname box { host_name; })" "$(host_name)"
row "network" "$(isolate --net { network; })" "$(network)"
row "/mnt mounted?" "$(isolate --mount { mount -t tmpfs tmpfs /mnt && mounted /mnt; })" "$(mounted /mnt)"


step "A limit on memory that bites"
# A cgroup is a directory in /sys/fs/cgroup with processes in it. limit makes one, writes
# the limit into it and starts the command there. This function wants all the
# memory there is: its text doubles for ever.

eat() { text=0123456789abcdef; while :; do text=$text$text; done; }

# Root may make a cgroup; you may where the system lets you. The shell can
# find out by trying.

if why=$(limit --memory 32M true 2>&1); then
    limited=yes
    limit --memory 32M { eat; }
    echo "status $?, 128 + 9: the kernel killed it, and only it"
else
    limited=no
    echo "not for this user on this machine:"
    echo "${why#*: line *: }"
fi


step "A file that changes only inside"
# The image called host is this machine's own files, copy-on-write: what is
# written goes to a layer in memory, which is gone when the block ends.

note=$(mktemp /var/tmp/tour.XXXXXX)
trap 'rm -f "$note"' EXIT
echo "as it was" > "$note"

chroot-image host {
    echo "inside, before: $(cat "$note")"
    echo "changed" > "$note"
    echo "inside, after:  $(cat "$note")"
}
echo "outside:        $(cat "$note")"


step "A container without any file"
# The image called scratch is empty: no sh, no ls, no libc. The block runs all the same,
# since cosh itself runs it, with the functions and variables of this script.

chroot-image scratch {
    echo "in the root directory there is:" /*
    if [ ! -e /bin/sh ]; then echo "and no /bin/sh"; fi
    count=0
    for n in 1 2 3; do count=$((count + n)); done
    echo "yet this is step $number, and 1 + 2 + 3 = $count"
}


step "All three: a container"
# The wrappers stand one before the other and make one process, not three. Whatever
# runs inside cannot tell this from a machine of its own.

report() {
    echo "I am process $$ on $(host_name), user $(id -u), with the network $(network)"
}
if [ $limited = yes ]; then
    limit --memory 64M --pids 50 isolate --hostname container chroot-image host { report; }
else
    isolate --hostname container chroot-image host { report; }
fi


step "What the kernel was asked to do"
# explain before a wrapper runs nothing: it prints each kernel operation in order,
# from the same plan that would be run. Two boundaries, to begin with:

explain isolate --pid --hostname box uname -n

# A whole container is more of the same.

operations=0
explain isolate --hostname container chroot-image host { report; } > "$note"
while read -r first rest; do
    case $first in *[!0-9]*) ;; ?*) operations=$first ;; esac
done < "$note"
echo "the container of step 7, without its limit, is $operations operations"
