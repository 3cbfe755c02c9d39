/* SPDX-License-Identifier: GPL-3.0-or-later
 * A reply of a service, made of any bytes. */
#pragma once

#include "format/hall-exchange.h"

#include <string.h>

/* The first two bytes choose status and type; then come a line for each of two headers, and the body. */
static inline HallReply *
reply_from_bytes (const guint8 *data,
                  gsize         size)
{
  static const guint       statuses[] = { 200, 201, 204, 302, 400, 401, 403, 404, 408, 409, 410, 412, 413, 422, 424, 428,
                                          429, 500, 503, 507, 511 };
  static const char *const types[] = { "application/json", "application/problem+json", "text/html", NULL };
  static const char *const names[] = { "ETag", "Retry-After" };
  guint                    status = statuses[(size > 0 ? data[0] : 0) % G_N_ELEMENTS (statuses)];
  const char              *type = types[(size > 1 ? data[1] : 0) % G_N_ELEMENTS (types)];
  const char              *rest = (const char *) data + MIN (size, 2);
  gsize                    left = size - MIN (size, 2);
  char                    *values[G_N_ELEMENTS (names)] = { NULL };
  g_autoptr (GBytes)       body = NULL;
  HallReply               *reply;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    const char *end = left > 0 ? memchr (rest, '\n', left) : NULL;
    gsize       length = end != NULL ? (gsize) (end - rest) : 0;

    values[i] = g_strndup (rest, length);
    if (end != NULL) {
      rest = end + 1;
      left -= length + 1;
    }
  }

  body = g_bytes_new (rest, left);
  reply = hall_reply_new (status, type, body);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    if (*values[i] != '\0')
      hall_headers_set (reply->headers, names[i], values[i]);
    g_free (values[i]);
  }

  return reply;
}
