<?php
// php -d enable_post_data_reading=0 -S 127.0.0.1:3000 receiver.php
function respond(int $status): never
{
    http_response_code($status);
    exit;
}

$secret = getenv('GALLABOX_WEBHOOK_SECRET') ?: throw new RuntimeException('GALLABOX_WEBHOOK_SECRET is missing.');
if ($_SERVER['REQUEST_METHOD'] !== 'POST') respond(405);

$rawBody = file_get_contents('php://input', length: 1_048_577);
if (strlen($rawBody) > 1_048_576) respond(413);

$expected = base64_encode(hash_hmac('sha256', $rawBody, $secret, binary: true));
if (!hash_equals($expected, $_SERVER['HTTP_X_GALLABOX_SIGNATURE'] ?? '')) respond(401);

$payload = json_decode($rawBody);
if (json_last_error() !== JSON_ERROR_NONE) respond(400);

error_log(($_SERVER['HTTP_X_EVENT_NAME'] ?? '') . ' ' . json_encode($payload));
respond(200);
