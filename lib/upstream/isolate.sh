# Runs a program that sees nothing but the files it is given, all of them read-only, in a user namespace without
# any rights. To be started by `unshare` as root of new user, mount, network, process and IPC namespaces:
#   sh -euc "$(cat isolate.sh)" sh ROOT [FILE|FOLDER]... -- PROGRAM [ARGUMENT]...
# ROOT is an empty folder; what is mounted there goes with the namespace.
root=$1
shift
mount -t tmpfs -o mode=0755,size=1m none "$root"
while [ "$1" != -- ]; do
  if [ -d "$1" ]; then
    mkdir -p "$root$1"
  else
    mkdir -p "$root${1%/*}"
    : >"$root$1"
  fi
  mount --bind -o ro,nosuid,nodev "$1" "$root$1"
  shift
done
shift
mount -o remount,bind,ro "$root"
# No core dump, no byte to a file, a minute on the processor, a gibibyte of memory that can be written to: less
# than that Node.js 24 and 26 do not start with.
ulimit -c 0
ulimit -f 0
ulimit -t 60
ulimit -d 1048576
# In a session of its own: a signal to "my process group" would leave the namespace. Over after a minute and a half
# even where nobody waits for it any more. Nobody in a namespace within: who is not root there keeps no rights
# over the namespaces around it.
exec setsid timeout -s KILL 90 env -i "$(command -v unshare)" \
  --user --map-user=65534 --map-group=65534 --root="$root" --wd=/ -- "$@"
