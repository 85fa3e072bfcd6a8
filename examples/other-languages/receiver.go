package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"io"
	"log"
	"net/http"
	"os"
)

var secret = os.Getenv("GALLABOX_WEBHOOK_SECRET")

func receive(w http.ResponseWriter, r *http.Request) {
	rawBody, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 1<<20))
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write(rawBody)
	expected := base64.StdEncoding.EncodeToString(mac.Sum(nil))
	signature := r.Header.Get("x-gallabox-signature")
	if err != nil || secret == "" || !hmac.Equal([]byte(signature), []byte(expected)) {
		http.Error(w, "", http.StatusUnauthorized)
		return
	}
	log.Printf("%s %s", r.Header.Get("x-event-name"), rawBody)
}

func main() { log.Fatal(http.ListenAndServe("127.0.0.1:3000", http.HandlerFunc(receive))) }
