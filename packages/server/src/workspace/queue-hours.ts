import { type Configuration, isOpen, type Queue } from '../configuration/index.ts';

/** Whether the queue's operating hours hold; a queue without any is always open. */
export function isQueueOpen(queue: Queue, configuration: Configuration, now: number): boolean {
  const { operatingHours } = configuration.current();
  const hours = queue.operatingHoursId ? operatingHours.get(queue.operatingHoursId) : undefined;
  return hours ? isOpen(hours, now) : true;
}
