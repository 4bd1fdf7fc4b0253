/*
 * A library that has never heard of Java: it keeps callbacks with their user data, as libraries
 * do, and destroys the user data when it forgets them.
 */
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>

#define KEEPER __attribute__((visibility("default")))

typedef int32_t (*listener)(int32_t event, void *data);

KEEPER int32_t subscribe(listener call, void *data, void (*destroy)(void *));
KEEPER int64_t publish(int32_t event);
KEEPER int64_t publish_elsewhere(int32_t event);
KEEPER int32_t unsubscribe(int32_t from, int32_t n);
KEEPER int64_t publish_and_forget(int32_t event);
KEEPER int32_t call_bare(listener call, int32_t event, void *data);
KEEPER int32_t compare(int32_t (*order)(const void *, const void *), const void *a, const void *b);

static struct subscriber {
  listener call;
  void *data;
  void (*destroy)(void *);
} * subscribers;
static int32_t count;
static int32_t room;

/* Answers with the subscriber's number. */
int32_t subscribe(listener call, void *data, void (*destroy)(void *)) {
  if (count == room) {
    room = room ? 2 * room : 16;
    subscribers = realloc(subscribers, (size_t)room * sizeof *subscribers);
    if (!subscribers)
      abort();
  }
  subscribers[count] = (struct subscriber){call, data, destroy};
  return count++;
}

/* Calls all, and adds up what they answer. */
int64_t publish(int32_t event) {
  int64_t sum = 0;
  for (int32_t i = 0; i < count; i++)
    if (subscribers[i].call)
      sum += subscribers[i].call(event, subscribers[i].data);
  return sum;
}

struct task {
  int32_t event;
  int64_t sum;
};

static void *body(void *data) {
  struct task *task = data;
  task->sum = publish(task->event);
  return NULL;
}

/* On a thread that the JVM does not know. */
int64_t publish_elsewhere(int32_t event) {
  struct task task = {event, -1};
  pthread_t thread;
  if (pthread_create(&thread, NULL, body, &task) == 0)
    pthread_join(thread, NULL);
  return task.sum;
}

/* Forgets `n` of them; those it has forgotten before do not count. */
int32_t unsubscribe(int32_t from, int32_t n) {
  int32_t forgotten = 0;
  for (int32_t i = from; i < from + n && i < count; i++) {
    if (subscribers[i].call) {
      subscribers[i].call = NULL;
      subscribers[i].destroy(subscribers[i].data);
      forgotten++;
    }
  }
  return forgotten;
}

/* Calls each one a last time, and forgets it. */
int64_t publish_and_forget(int32_t event) {
  int64_t sum = 0;
  for (int32_t i = 0; i < count; i++) {
    struct subscriber at = subscribers[i];
    if (at.call) {
      sum += at.call(event, at.data);
      unsubscribe(i, 1);
    }
  }
  count = 0;
  return sum;
}

int32_t call_bare(listener call, int32_t event, void *data) { return call(event, data); }

int32_t compare(int32_t (*order)(const void *, const void *), const void *a, const void *b) {
  return order(a, b);
}
