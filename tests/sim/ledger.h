/* SPDX-License-Identifier: GPL-3.0-or-later
 * What an onlooker writes down: every version the desk ever had, what each client holds and shows, what its host
 * edited. It reads tables and requests, and asks nothing of the program that it watches. */
#pragma once

#include "format/hall-json.h"
#include "model/hall-kind.h"
#include "trace.h"

G_BEGIN_DECLS

#define SIM_CLIENTS     3
#define SIM_MOST_FIELDS 16
#define SIM_NOBODY      -1 /* in the place of a client: a visitor, or the desk itself */

typedef struct {
  const char *values[SIM_MOST_FIELDS]; /* interned; absent is NULL; numbers as text */
} SimFields;

/* One write the desk has done. */
typedef struct {
  gint64      seq;
  const char *mark;
  gboolean    deleted;
  gboolean    forgotten; /* the desk was restored to a time before it */
  int         author;    /* a client, or SIM_NOBODY */
  guint       tick;
  SimFields   fields;
} SimVersion;

/* A value that stood in a field of a client's row, from some tick on. */
typedef struct {
  guint       field;
  const char *value;
  guint       tick;
} SimShown;

typedef enum {
  SIM_EDIT_PENDING, /* the desk has never had it */
  SIM_EDIT_TAKEN,   /* the desk has had it */
  SIM_EDIT_OVER,    /* its host has since edited the same, removed the row, or chosen otherwise */
} SimEditState;

/* What a host did to one field, and was told that it is saved. */
typedef struct {
  guint         field;
  const char   *before;
  const char   *value;
  guint         tick;
  SimEditState  state;
  gboolean      is_offered; /* the desk had it, and was restored to a time before */
} SimEdit;

typedef enum {
  SIM_REMOVAL_NONE,
  SIM_REMOVAL_PENDING,
  SIM_REMOVAL_OVER,
} SimRemoval;

/* A row as one client has it. */
typedef struct {
  gboolean    here;
  gboolean    is_local;      /* it belongs to no account */
  gboolean    created;       /* its host made it, or brought it back */
  guint       touched;       /* a bit for each field its host ever edited */
  guint       generation;    /* of the last reading that found it */
  SimFields   fields;
  const char *base;          /* the mark of the base, or absent */
  guint       base_generation;
  gboolean    is_recalled;   /* a restored service has forgotten the base */
  gboolean    is_awaited;    /* an answer told of it, and the record of changes is still to confirm that */
  guint       n_operations;  /* of it in the outbox */
  gboolean    is_parked;     /* one of them is parked */
  const char *conflict;      /* id of its open conflict, or absent */
  const char *mine;          /* of that, wire JSON */
  const char *theirs;
  GArray     *shown;         /* of SimShown */
  GArray     *edits;         /* of SimEdit */
  guint       n_pending;
  SimRemoval  removal;
  guint       removed_at;    /* tick of the last removal by its host */
  guint       brought_at;    /* tick at which its host made it, or brought it back */
  guint       affirmed_at;   /* tick of the last choice of its host between two versions */
} SimCopy;

typedef struct {
  const HallKind *kind;
  const char     *id;
  GPtrArray      *versions;  /* of SimVersion, in order */
  gboolean        was_forgotten; /* a restored desk forgot something of it */
  SimCopy         copies[SIM_CLIENTS];
} SimRow;

/* An operation, by its Idempotency-Key. */
typedef struct {
  int         client;
  SimRow     *row;
  char        verb;          /* 'P'UT, p'A'TCH or 'D'ELETE */
  guint       first_sent;    /* tick */
  guint       n_revocations; /* at that tick */
  guint64     bytes;         /* hash of all that was sent */
  guint       n_sent;
  guint       n_effects;
  guint       effect_tick;   /* of the last */
  gboolean    is_answered;   /* a reply that decides it has come to the client */
} SimOperation;

/* A row of an outbox, as it was last read. */
typedef struct {
  SimRow     *row;
  gint64      order;
  gboolean    is_frozen;
  gboolean    is_refused;    /* parked, and in no conflict */
  const char *body;
  const char *base_mark;
  const char *base;          /* the mark of its row's base at that time */
  guint       generation;
} SimWaiting;

typedef struct {
  guint         tick;        /* counts transactions */
  GStringChunk *texts;
  GHashTable   *rows;        /* id → SimRow */
  GPtrArray    *order;       /* of SimRow, as they were first seen */
  GHashTable   *marks;       /* mark → SimVersion */
  GHashTable   *operations;  /* key → SimOperation */
  gint64        last_seq;
  guint         n_restores;
  guint         n_revocations; /* each takes what the desk knows of the requests of its token with it */
  const char   *cursors[SIM_CLIENTS];
  GHashTable   *outboxes[SIM_CLIENTS]; /* operation → SimWaiting */
  guint         n_parked[SIM_CLIENTS];
  guint         n_waiting[SIM_CLIENTS];
  guint         n_conflicts[SIM_CLIENTS];
  guint         generation;  /* counts readings */
  SimTrace     *trace;

  int           broken;      /* number of the invariant that does not hold, or 0 */
  char         *breach;      /* what was seen */
} SimLedger;

void          sim_ledger_init       (SimLedger       *ledger,
                                     SimTrace        *trace);
void          sim_ledger_clear      (SimLedger       *ledger);
const char   *sim_ledger_text       (SimLedger       *ledger,
                                     const char      *text);
const char   *sim_ledger_member     (SimLedger       *ledger,
                                     yyjson_val      *member);
SimRow       *sim_ledger_row        (SimLedger       *ledger,
                                     const HallKind  *kind,
                                     const char      *id);
SimRow       *sim_ledger_find       (SimLedger       *ledger,
                                     const char      *id);
SimVersion   *sim_row_newest        (const SimRow    *row);
SimVersion   *sim_ledger_add_version (SimLedger      *ledger,
                                     SimRow          *row,
                                     const SimVersion *version);
void          sim_ledger_restore    (SimLedger       *ledger,
                                     gint64           seq,
                                     guint            tick);
void          sim_ledger_break      (SimLedger       *ledger,
                                     int              invariant,
                                     const char      *format,
                                     ...) G_GNUC_PRINTF (3, 4);

gboolean      sim_field_is_watched  (const HallField *field);
gboolean      sim_field_is_long     (const SimRow    *row,
                                     guint            field);
gboolean      sim_text_has_lines    (const char      *text,
                                     const char      *value,
                                     const char      *before);
const char   *sim_invariant_words   (int              invariant);
const char   *sim_short             (const SimRow    *row);

G_END_DECLS
