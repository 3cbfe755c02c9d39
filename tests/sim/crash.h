/* SPDX-License-Identifier: GPL-3.0-or-later
 * A piece of work, done over and over, with another thing going wrong at another point each time. */
#pragma once

#include "dice.h"
#include "disk.h"
#include "store/hall-database.h"

#include "model/hall-id.h"
#include "model/hall-value.h"

G_BEGIN_DECLS

#define CRASH_FILE "work.sqlite"

typedef struct _Crash Crash;

typedef gboolean (*CrashStep) (Crash   *crash,
                               GError **error);

typedef struct {
  const char *name;
  HallDatabase *(*open)    (Crash *crash, GError **error); /* CRASH_FILE on the disk */
  void          (*prepare) (Crash *crash);                 /* what is on the disk before */
  const CrashStep *steps;                                  /* each in a transaction of its own; NULL-terminated */
  CrashStep        work;                                   /* in place of steps: what is left to do after crash->done */
  void          (*restart) (Crash *crash);                 /* or absent: all that is not on the disk, as it was before */
  void          (*stop)    (Crash *crash);                 /* or absent: ends what that began */
  void          (*inspect) (Crash *crash);                 /* or absent: of a database just opened after a crash */
  void          (*finish)  (Crash *crash);                 /* or absent: in place of the state the undisturbed run ended with */
  void          (*clear)   (Crash *crash);                 /* or absent: frees crash->data */
} CrashScenario;

struct _Crash {
  const CrashScenario *scenario;
  SimDisk             *disk;
  SimDiskImage        *image;   /* as before the work */
  HallDatabase        *db;
  HallRandom           random;  /* the same in every run */
  SimDice              dice;    /* behind it */
  GPtrArray           *states;  /* a dump before the opening, after it, and after each commit of the undisturbed run */
  gboolean             is_even; /* chance is the same in every transaction: how many there are depends on what happened */
  gboolean             is_calm; /* this is that run */
  guint                done;    /* the last of those states that was acknowledged */
  GPtrArray           *values;  /* for the steps */
  char                *old;     /* what a file of an older version held */
  gpointer             data;    /* for the scenario */
};

gboolean crash_note   (Crash                *crash);
gboolean crash_start  (Crash                *crash,
                       GError              **error);
gboolean crash_commit (Crash                *crash,
                       GError              **error);
void     crash_add    (const CrashScenario  *scenario);
int      crash_run    (void);

G_END_DECLS
