#!/bin/sh
# Installs PostgreSQL with pgvector, and Redis, from Debian's packages; for tests and benchmarks.
# Debian 12 has no package of pgvector: it is built there from the newer release's source (50 s on a bare system).
set -eu
[ "$(id -u)" = 0 ] || { echo 'Run this as root.' >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export DEBIAN_FRONTEND=noninteractive

version() { find /usr/lib/postgresql -mindepth 1 -maxdepth 1 -printf '%f\n' 2> /dev/null | sort -n | tail -n1; }
has_vector() { [ -n "$(version)" ] && [ -f "/usr/share/postgresql/$(version)/extension/vector.control" ]; }
if has_vector && command -v redis-server > /dev/null; then
  echo 'PostgreSQL, pgvector and Redis are there.'
  exit 0
fi

# A cluster and a service of the machine's own are not wanted: each run brings its own.
mkdir -p /etc/postgresql-common
[ -f /etc/postgresql-common/createcluster.conf ] || echo 'create_main_cluster = false' > /etc/postgresql-common/createcluster.conf
apt-get update -qq
RUNLEVEL=1 apt-get install -y -qq --no-install-recommends postgresql redis-server > /dev/null
v=$(version)
has_vector && exit 0
if apt-get install -y -qq --no-install-recommends "postgresql-$v-pgvector" > /dev/null 2>&1; then exit 0; fi

apt-get install -y -qq --no-install-recommends "postgresql-server-dev-$v" gcc make libc6-dev dpkg-dev > /dev/null
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Label: Debian' | sort -u | head -n1)
mkdir -p "$work/lists/partial"
echo "deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror trixie main" > "$work/src.list"
# Lists of its own: apt's stay as they are.
apt_apart() {
  apt-get -qq -o Dir::Etc::sourcelist="$work/src.list" -o Dir::Etc::sourceparts=- \
    -o Dir::State::lists="$work/lists" -o APT::Sandbox::User=root "$@"
}
cd "$work"
apt_apart update
apt_apart source pgvector > /dev/null
cd pgvector-*/
make -s -j2 with_llvm=no PG_CONFIG="/usr/lib/postgresql/$v/bin/pg_config"
make -s install with_llvm=no PG_CONFIG="/usr/lib/postgresql/$v/bin/pg_config" > /dev/null
