/* SPDX-License-Identifier: GPL-3.0-or-later
 * A run is a seed and a list of steps. Each step has its own dice, so that others can be left out. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  SIM_HOST,       /* a host does something */
  SIM_GO,         /* a client's exchange goes on by some transactions */
  SIM_STOP,       /* a client's exchange is broken off */
  SIM_VISIT,      /* somebody signs up on the public page */
  SIM_STRAY,      /* a request that was long on its way reaches the desk */
  SIM_WAIT,       /* time passes for one party */
  SIM_JUMP,       /* the clock of one party jumps by years */
  SIM_RESTART,    /* a client is closed and opened again */
  SIM_BACK_UP,    /* the desk is copied */
  SIM_RESTORE,    /* the desk is put back to its copy */
  SIM_REVOKE,     /* a host's token is revoked, or given anew */
  SIM_KILL,       /* a party is killed at some operation of its disk soon */
  SIM_FAIL,       /* an operation of a party's disk fails soon */
  SIM_PRUNE,      /* the desk forgets what is old */
  SIM_N_DEEDS,
} SimDeed;

typedef struct {
  guint   number; /* seeds its dice */
  SimDeed deed;
  guint   who;    /* a client; or the desk, as SIM_CLIENTS */
  guint   extent; /* how often, how far */
} SimStep;

/* How likely each thing is in one run: in some it never happens, in some all the time. */
typedef struct {
  guint   n_steps;
  guint   deeds[SIM_N_DEEDS];
  guint   lost;         /* percent of messages */
  guint   late;
  guint   spoilt;
  guint   ill;
  guint   busy;
  guint   refused;
  guint   small_pages;  /* percent of pages */
  guint   n_slugs;
  guint   n_addresses;
  guint   capacity;     /* percent of chats with few seats */
  guint   kinds;        /* a bit for each kind that hosts make */
} SimHabits;

typedef struct {
  SimHabits habits;
  GArray   *steps; /* of SimStep */
} SimScript;

void  sim_script_make  (SimScript       *script,
                        guint64          seed);
void  sim_script_clear (SimScript       *script);
char *sim_step_tell    (const SimStep   *step);

G_END_DECLS
