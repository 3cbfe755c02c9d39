/* SPDX-License-Identifier: GPL-3.0-or-later
 * Ids: UUIDv7 in text form, made by whoever creates a row. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define HALL_ID_LENGTH 36

typedef struct {
  void (*fill) (guint8 *bytes, gsize length, gpointer data); /* random bytes; called on any thread */
  gpointer data;
} HallRandom;

extern const HallRandom hall_random_system;

char    *hall_id_new      (gint64            now,
                           const HallRandom *random);
gboolean hall_id_is_valid (const char       *id);
guint64  hall_random_mark (const HallRandom *random);

G_END_DECLS
