/* SPDX-License-Identifier: GPL-3.0-or-later
 * Three clients, the desk and the network between them, in one thread: what a run consists of. */
#pragma once

#include "chance.h"
#include "format/hall-exchange.h"
#include "machine.h"
#include "model/hall-account.h"
#include "moment.h"
#include "script.h"
#include "server/hall-desk.h"
#include "sync/hall-engine.h"
#include "watch.h"

G_BEGIN_DECLS

#define SIM_HOSTS 2 /* clients 0 and 1 are two devices of one host, with one token */

typedef struct {
  int           number;
  SimMachine    machine;
  HallDatabase *db;
  SimMoment     moment;
  HallAccount  *account;
  HallEngine   *engine;   /* absent between two exchanges */
  HallRequest  *request;  /* on its way */
  HallReply    *reply;    /* what came back, not yet taken */
  GError       *failure;
  gint64        asked_at;  /* when a service last named a time, by this client's clock */
  gint64        asked_until;
  guint         n_requests; /* of this exchange */
  guint         n_writes;
  gboolean      ended_well; /* the last exchange */
  guint         n_moved;   /* rows that came or went in the last exchange */
  const char   *chosen;    /* the last conflict its host ended */
  SimRow       *chosen_row;
  const char   *discarded; /* the last operation its host let go */
  SimRow       *discarded_row;
  gboolean      had_failed; /* what a host wanted, and may come through when the library is opened again */
} SimClient;

typedef struct {
  SimMachine    machine;
  HallDatabase *db;
  HallDesk     *desk;
  SimAuthor     failed;    /* whose request seemed to fail, and may come through when the desk is opened again */
  SimMoment     moment;
  char         *tokens[SIM_HOSTS];
  gboolean      is_revoked[SIM_HOSTS];
  char         *given;     /* a token not yet handed over */
  guint         n_tokens;
  SimDiskImage *backup;    /* absent until one was made */
  gint64        backup_seq;
  guint         backup_tick;
  gboolean      backup_revoked[SIM_HOSTS];
  char         *backup_tokens[SIM_HOSTS];
} SimDesk;

/* A request that is on its way long after whoever sent it has stopped waiting. */
typedef struct {
  int          client;
  HallRequest *request;
} SimStray;

typedef struct {
  guint64      seed;
  SimScript    script;
  SimTrace     trace;
  SimLedger    ledger;
  SimDice      dice;       /* of the step that is being taken */
  HallRandom   random;
  SimClient    clients[SIM_CLIENTS];
  SimDesk      desk;
  GPtrArray   *strays;
  gboolean     is_quiet;
} SimWorld;

void       sim_world_init       (SimWorld        *world,
                                 guint64          seed,
                                 FILE            *out);
void       sim_world_clear      (SimWorld        *world);
void       sim_world_take       (SimWorld        *world,
                                 const SimStep   *step);

gboolean   sim_client_open      (SimWorld        *world,
                                 SimClient       *client);
void       sim_client_close     (SimWorld        *world,
                                 SimClient       *client);
void       sim_client_go        (SimWorld        *world,
                                 SimClient       *client);
gboolean   sim_client_begin     (SimWorld        *world,
                                 SimClient       *client);
gboolean   sim_client_end       (SimWorld        *world,
                                 SimClient       *client,
                                 gboolean         went_well,
                                 const GError    *error,
                                 SimCause         cause,
                                 SimRow          *about);
void       sim_client_stop      (SimClient       *client);
void       sim_client_crash     (SimWorld        *world,
                                 SimClient       *client,
                                 SimCause         cause,
                                 SimRow          *about);

gboolean   sim_desk_open        (SimWorld        *world);
void       sim_desk_close       (SimWorld        *world);
void       sim_desk_crash       (SimWorld        *world,
                                 const SimAuthor *author);
HallReply *sim_desk_answer      (SimWorld        *world,
                                 HallRequest     *request,
                                 const SimAuthor *author);
void       sim_desk_back_up     (SimWorld        *world);
void       sim_desk_restore     (SimWorld        *world);
void       sim_desk_give_token  (SimWorld        *world,
                                 guint            host);
gboolean   sim_desk_knows_token (SimWorld        *world,
                                 guint            host);
void       sim_desk_prune       (SimWorld        *world);
void       sim_desk_revoke      (SimWorld        *world,
                                 guint            host);

void       sim_replay_page      (SimWorld        *world,
                                 SimClient       *client,
                                 const HallReply *reply);

void       sim_network_carry    (SimWorld        *world,
                                 SimClient       *client);
void       sim_network_stray    (SimWorld        *world);
void       sim_network_leave    (SimWorld        *world,
                                 SimClient       *client);
void       sim_visit            (SimWorld        *world);

void       sim_wire_note        (SimWorld        *world,
                                 SimClient       *client,
                                 const HallRequest *request);
void       sim_wire_answered    (SimWorld        *world,
                                 const HallRequest *request,
                                 const HallReply *reply);

void       sim_host_act         (SimWorld        *world,
                                 SimClient       *client);
void       sim_host_settle      (SimWorld        *world,
                                 SimClient       *client);

gboolean   sim_host_settle_all  (SimWorld        *world,
                                 SimClient       *client);
gboolean   sim_is_mistake       (const GError    *error);

void       sim_end              (SimWorld        *world);

G_END_DECLS
