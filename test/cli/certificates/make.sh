#!/bin/sh
# Creates the certificates in this folder: sh make.sh
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
touch "$work/index"
cat > "$work/config" <<END
[ca]
default_ca = tests
[tests]
database = $work/index
new_certs_dir = $work
rand_serial = yes
default_md = sha256
unique_subject = no
policy = any
[any]
commonName = supplied
END

# create <name> <extension> <year of the end> <option of the issuer>…
create() {
  name=$1 extension=$2 year=$3
  shift 3
  openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:prime256v1 -out "$name.key"
  openssl req -new -config "$work/config" -key "$name.key" -subj "/CN=$name" -out "$work/request"
  echo "$extension" > "$work/extension"
  # Starts in the past, because the clocks of test machines differ.
  openssl ca -batch -notext -config "$work/config" -extfile "$work/extension" -startdate 20000101000000Z \
    -enddate "${year}0101000000Z" -in "$work/request" -out "$name.pem" "$@"
}

create self-signed subjectAltName=IP:127.0.0.1 2100 -selfsign -keyfile self-signed.key
create ca basicConstraints=critical,CA:TRUE 2100 -selfsign -keyfile ca.key
create valid subjectAltName=IP:127.0.0.1 2100 -cert ca.pem -keyfile ca.key
create expired subjectAltName=IP:127.0.0.1 2001 -cert ca.pem -keyfile ca.key
create other-name subjectAltName=DNS:receiver.example 2100 -cert ca.pem -keyfile ca.key
# Nothing else needs to be signed.
rm ca.key
