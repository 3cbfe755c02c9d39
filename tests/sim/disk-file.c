/* SPDX-License-Identifier: GPL-3.0-or-later
 * Every write since the last sync is kept apart, so that each of its sectors can be kept, dropped or torn. */
#include "disk-file.h"

#include <string.h>

typedef struct {
  gboolean cuts;   /* a truncation to @offset, or else a write */
  gsize    offset;
  gsize    length;
  gsize    start;  /* of its bytes in SimFile.written */
} Pending;

SimFile *
sim_file_new (void)
{
  SimFile *file = g_new0 (SimFile, 1);

  file->refs = 1;
  file->now = g_byte_array_new ();
  file->durable = g_byte_array_new ();
  file->pending = g_array_new (FALSE, FALSE, sizeof (Pending));
  file->written = g_byte_array_new ();

  return file;
}

SimFile *
sim_file_ref (SimFile *file)
{
  file->refs++;

  return file;
}

void
sim_file_unref (SimFile *file)
{
  if (--file->refs > 0)
    return;

  g_byte_array_unref (file->now);
  g_byte_array_unref (file->durable);
  g_array_unref (file->pending);
  g_byte_array_unref (file->written);
  g_free (file);
}

/* A hole reads as zeros. */
static void
resize (GByteArray *content,
        gsize       size)
{
  gsize before = content->len;

  g_byte_array_set_size (content, size);
  if (size > before)
    memset (content->data + before, 0, size - before);
}

static void
put (GByteArray    *content,
     gconstpointer  bytes,
     gsize          length,
     gsize          offset)
{
  if (length == 0)
    return;
  if (content->len < offset + length)
    resize (content, offset + length);
  memcpy (content->data + offset, bytes, length);
}

/* How many bytes there were to read. */
gsize
sim_file_read (SimFile  *file,
               gpointer  bytes,
               gsize     length,
               gsize     offset)
{
  gsize there = offset < file->now->len ? MIN (length, file->now->len - offset) : 0;

  if (there > 0)
    memcpy (bytes, file->now->data + offset, there);

  return there;
}

void
sim_file_write (SimFile       *file,
                gconstpointer  bytes,
                gsize          length,
                gsize          offset)
{
  Pending pending = { FALSE, offset, length, file->written->len };

  if (length == 0)
    return;

  put (file->now, bytes, length, offset);
  g_byte_array_append (file->written, bytes, length);
  g_array_append_val (file->pending, pending);
}

void
sim_file_truncate (SimFile *file,
                   gsize    size)
{
  Pending pending = { TRUE, size, 0, file->written->len };

  resize (file->now, size);
  g_array_append_val (file->pending, pending);
}

static void
forget_pending (SimFile *file)
{
  g_array_set_size (file->pending, 0);
  g_byte_array_set_size (file->written, 0);
}

void
sim_file_sync (SimFile *file)
{
  for (guint i = 0; i < file->pending->len; i++) {
    const Pending *pending = &g_array_index (file->pending, Pending, i);

    if (pending->cuts)
      resize (file->durable, pending->offset);
    else
      put (file->durable, file->written->data + pending->start, pending->length, pending->offset);
  }
  forget_pending (file);
}

/* A sector that the power left in its middle: the head of what was to be written is there, and the rest of the sector
 * is as it was or is rubbish, what stood there before as well. That is what no powersafe overwrite means. */
static void
tear_sector (SimFile       *file,
             SimDice       *dice,
             gsize          sector,
             const guint8  *bytes,
             gsize          length,
             gsize          offset)
{
  if (sim_dice_coin (dice)) {
    gsize start = offset / sector * sector;
    gsize end = MIN (start + sector, MAX (file->durable->len, offset + length));

    if (file->durable->len < end)
      resize (file->durable, end);
    sim_dice_fill (dice, file->durable->data + start, end - start);
  }
  put (file->durable, bytes, sim_dice_roll (dice, length), offset);
}

static void
write_partly (SimFile       *file,
              SimDice       *dice,
              gsize          sector,
              const Pending *pending)
{
  gsize done = 0;

  while (done < pending->length) {
    gsize         offset = pending->offset + done;
    gsize         length = MIN (pending->length - done, sector - offset % sector);
    const guint8 *bytes = file->written->data + pending->start + done;

    switch (sim_dice_roll (dice, 8)) {
    case 0:
      tear_sector (file, dice, sector, bytes, length, offset);
      break;
    case 1: case 2: case 3:
      break;
    default:
      put (file->durable, bytes, length, offset);
      break;
    }
    done += length;
  }
}

/* Some of what is pending becomes durable, and the rest never will by itself: so a failed sync ends on Linux, which
 * takes what it could not write for written. Now and then all of it is there, or nothing. */
void
sim_file_sync_partly (SimFile *file,
                      SimDice *dice,
                      gsize    sector)
{
  guint64 way = sim_dice_roll (dice, 8);

  if (way == 0)
    sim_file_sync (file);

  for (guint i = 0; way > 1 && i < file->pending->len; i++) {
    const Pending *pending = &g_array_index (file->pending, Pending, i);

    if (!pending->cuts)
      write_partly (file, dice, sector, pending);
    else if (sim_dice_coin (dice))
      resize (file->durable, pending->offset);
  }
  forget_pending (file);
}

/* What the next program that opens the file will find in it. */
void
sim_file_crash (SimFile     *file,
                SimSurvival  survival,
                SimDice     *dice,
                gsize        sector)
{
  switch (survival) {
  case SIM_SURVIVAL_ALL:
    g_byte_array_set_size (file->durable, 0);
    g_byte_array_append (file->durable, file->now->data, file->now->len);
    break;
  case SIM_SURVIVAL_BY_SEED:
    sim_file_sync_partly (file, dice, sector);
    break;
  case SIM_SURVIVAL_NONE:
  default:
    break;
  }
  forget_pending (file);

  g_byte_array_set_size (file->now, 0);
  g_byte_array_append (file->now, file->durable->data, file->durable->len);
}
