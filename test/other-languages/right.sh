# A correct receiver of shell and openssl, run by the server in cgi.ts once for each request, as CGI has it.
# The body is kept in a file: a variable of the shell would lose NULs and the line breaks at its end.
file=$(mktemp)
trap 'rm -f "$file"' EXIT
cat >"$file"
expected=$(openssl dgst -sha256 -hmac "$GALLABOX_WEBHOOK_SECRET" -binary "$file" | openssl base64 -A)
if [ "$HTTP_X_GALLABOX_SIGNATURE" = "$expected" ]; then echo 'Status: 200'; else echo 'Status: 401'; fi
