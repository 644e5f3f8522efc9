#!/bin/sh
# Makes new passwords in the folder secrets, beside docker-compose.yml; what is there already stays.
# A file is readable inside its container by whoever it runs as; the folder is closed to others.
set -eu
cd "$(dirname "$0")/.."
mkdir -p secrets
chmod 700 secrets
new() { od -An -tx1 -N24 /dev/urandom | tr -d ' \n'; }
keep() {
  [ -e "secrets/$1" ] || printf '%s' "$2" > "secrets/$1"
  chmod 644 "secrets/$1"
}
keep postgres_password "$(new)"
keep redis_password "$(new)"
keep database_migration_url "postgres://rapport_owner:$(cat secrets/postgres_password)@postgres:5432/rapport"
keep database_url "postgres://rapport_app:$(new)@postgres:5432/rapport"
keep redis_url "redis://:$(cat secrets/redis_password)@redis:6379"
echo 'The passwords are in the folder secrets. Keep a copy where the backups are not.'
