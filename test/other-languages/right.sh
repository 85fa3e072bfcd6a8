# A correct receiver with shell and openssl. serve-script.ts runs it for each request, as in CGI.
# A file keeps the body unchanged. A shell variable would lose NUL and trailing line breaks.
file=$(mktemp)
trap 'rm -f "$file"' EXIT
cat >"$file"
expected=$(openssl dgst -sha256 -hmac "$GALLABOX_WEBHOOK_SECRET" -binary "$file" | openssl base64 -A)
if [ "$HTTP_X_GALLABOX_SIGNATURE" = "$expected" ]; then echo 'Status: 200'; else echo 'Status: 401'; fi
