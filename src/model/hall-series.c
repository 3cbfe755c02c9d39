/* SPDX-License-Identifier: GPL-3.0-or-later
 * The fields of a series. */
#include "model/hall-series.h"

static const HallField fields[] = {
  HALL_FIELD (HallSeries, account,  HALL_FIELD_TEXT,   HALL_FIELD_LOCAL),
  HALL_FIELD (HallSeries, title,    HALL_FIELD_TEXT,   HALL_FIELD_REQUIRED),
  HALL_FIELD (HallSeries, summary,  HALL_FIELD_TEXT,   HALL_FIELD_LONG),
  HALL_FIELD (HallSeries, wall,     HALL_FIELD_TEXT,   HALL_FIELD_REQUIRED),
  HALL_FIELD (HallSeries, zone,     HALL_FIELD_TEXT,   HALL_FIELD_REQUIRED),
  HALL_FIELD (HallSeries, duration, HALL_FIELD_INT,    HALL_FIELD_DEFAULT),
  HALL_FIELD (HallSeries, rule,     HALL_FIELD_TEXT,   HALL_FIELD_DEFAULT),
};

const HallKind hall_series_kind = { "series", "series", sizeof (HallSeries), fields, G_N_ELEMENTS (fields), TRUE };
