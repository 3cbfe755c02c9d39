/* SPDX-License-Identifier: GPL-3.0-or-later
 * One request on its way through the desk, with all that may be used to answer it. */
#pragma once

#include "server/hall-throttle.h"

#include "format/hall-exchange.h"
#include "model/hall-id.h"
#include "store/hall-database.h"

G_BEGIN_DECLS

typedef struct {
  HallDatabase      *db;      /* in a transaction of the caller's */
  const HallRequest *request;
  const HallRandom  *random;
  gint64             now;
  const char        *public_url; /* without a slash at its end */
  const char        *prefix;     /* the path in it, without a slash at its end: "" or "/talks" */
  HallThrottle      *clients;    /* how fast each token may ask */
  HallThrottle      *strangers;  /* how fast each peer may come without a good token */
  HallThrottle      *visitors;   /* how fast each peer may sign up */
} HallVisit;

G_END_DECLS
