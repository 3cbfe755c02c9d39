/* SPDX-License-Identifier: GPL-3.0-or-later
 * The real desk's core; memory that runs out is not its memory. */
#include "far-desk.h"

#include "memory.h"
#include "scratch-library.h"

static void
roll (guint8   *bytes,
      gsize     length,
      gpointer  data)
{
  sim_dice_fill (data, bytes, length);
}

static void
open_desk (FarDesk *far)
{
  g_autoptr (GError) error = NULL;

  sim_memory_spare (TRUE);
  far->desk = hall_desk_new ("https://desk.example.org", &scratch_clock, &far->random);
  far->db = hall_desk_open_on (sim_disk_get_vfs (far->disk), "desk.sqlite", &error);
  g_assert_no_error (error);
  sim_memory_spare (FALSE);
}

/* A desk with a token, open. */
FarDesk *
far_desk_new (void)
{
  FarDesk           *far = g_new0 (FarDesk, 1);
  g_autoptr (GError) error = NULL;

  far->disk = sim_disk_new ("far-desk", 1);
  far->random = (HallRandom) { roll, &far->dice };
  open_desk (far);
  scratch_begin (far->db);
  far->token = hall_desk_add_token (far->desk, far->db, "laptop", &error);
  g_assert_no_error (error);
  scratch_commit (far->db);

  return far;
}

void
far_desk_free (FarDesk *far)
{
  far_desk_close (far);
  sim_disk_image_free (far->image);
  sim_disk_free (far->disk);
  g_free (far->token);
  g_free (far);
}

/* Closes it; as it is now every run will find it. */
void
far_desk_keep (FarDesk *far)
{
  far_desk_close (far);
  far->image = sim_disk_take_image (far->disk);
}

void
far_desk_open (FarDesk *far)
{
  far_desk_close (far);
  sim_disk_put_image (far->disk, far->image);
  far->dice.state = 2;
  open_desk (far);
}

void
far_desk_close (FarDesk *far)
{
  sim_memory_spare (TRUE);
  g_clear_pointer (&far->db, hall_database_close);
  g_clear_pointer (&far->desk, hall_desk_free);
  sim_memory_spare (FALSE);
}

static gint64
tell_later (gpointer data)
{
  return SCRATCH_NOW + 200 * G_TIME_SPAN_DAY;
}

/* Forgets what is superseded or deleted, as if half a year had gone by. */
void
far_desk_prune (FarDesk *far)
{
  HallClock            later = { tell_later, NULL };
  g_autoptr (HallDesk) desk = hall_desk_new ("https://desk.example.org", &later, &far->random);
  g_autoptr (GError)   error = NULL;

  scratch_begin (far->db);
  hall_desk_prune (desk, far->db, &error);
  g_assert_no_error (error);
  scratch_commit (far->db);
}

HallReply *
far_desk_answer (FarDesk     *far,
                 HallRequest *request)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *bearer = g_strconcat ("Bearer ", far->token, NULL);
  HallReply         *reply;

  sim_memory_spare (TRUE);
  hall_headers_set (request->headers, "Authorization", bearer);
  scratch_begin (far->db);
  reply = hall_desk_answer (far->desk, far->db, request, &error);
  g_assert_no_error (error);
  scratch_commit (far->db);
  sim_memory_spare (FALSE);

  return reply;
}
