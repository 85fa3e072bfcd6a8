# Like right.sh with a mistake: echo appends a line break to the body.
body=$(cat)
expected=$(echo "$body" | openssl dgst -sha256 -hmac "$GALLABOX_WEBHOOK_SECRET" -binary | openssl base64 -A)
if [ "$HTTP_X_GALLABOX_SIGNATURE" = "$expected" ]; then echo 'Status: 200'; else echo 'Status: 401'; fi
