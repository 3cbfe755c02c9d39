/* SPDX-License-Identifier: GPL-3.0-or-later
 * Headers are found in any case, keep their order, and a request owns what it holds. */
#include "format/hall-exchange.h"

static void
test_headers (void)
{
  g_autoptr (HallHeaders) headers = hall_headers_new ();
  const char             *name;
  const char             *value;

  hall_headers_set (headers, "ETag", "\"1\"");
  hall_headers_set (headers, "Retry-After", "5");
  hall_headers_set (headers, "etag", "\"2\"");

  g_assert_cmpuint (hall_headers_count (headers), ==, 2);
  g_assert_cmpstr (hall_headers_get (headers, "ETAG"), ==, "\"2\"");
  g_assert_null (hall_headers_get (headers, "Link"));

  hall_headers_nth (headers, 0, &name, &value);
  g_assert_cmpstr (name, ==, "ETag");
  g_assert_cmpstr (value, ==, "\"2\"");
  hall_headers_nth (headers, 1, &name, NULL);
  g_assert_cmpstr (name, ==, "Retry-After");

  hall_headers_set (headers, "ETag", NULL);
  g_assert_cmpuint (hall_headers_count (headers), ==, 1);
  hall_headers_nth (headers, 0, &name, NULL);
  g_assert_cmpstr (name, ==, "Retry-After");
}

static void
test_request (void)
{
  g_autoptr (HallRequest) request = hall_request_new ("GET", "/v1/session");

  request->query = g_strdup ("limit=5");
  request->peer = g_strdup ("127.0.0.1");
  request->body = g_bytes_new ("x", 1);

  g_assert_cmpstr (request->method, ==, "GET");
  g_assert_cmpstr (request->path, ==, "/v1/session");
  g_assert_cmpuint (hall_headers_count (request->headers), ==, 0);
}

static void
test_reply (void)
{
  g_autoptr (GBytes)    body = g_bytes_new ("{}", 2);
  g_autoptr (HallReply) reply = hall_reply_new (200, "application/json", body);
  g_autoptr (HallReply) empty = hall_reply_new (204, NULL, NULL);

  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_cmpstr (hall_headers_get (reply->headers, "content-type"), ==, "application/json");
  g_assert_true (reply->body == body);
  g_assert_null (empty->body);
  g_assert_cmpuint (hall_headers_count (empty->headers), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/format/exchange/headers", test_headers);
  g_test_add_func ("/format/exchange/request", test_request);
  g_test_add_func ("/format/exchange/reply", test_reply);

  return g_test_run ();
}
