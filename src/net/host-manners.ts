import { z } from 'zod';

/** `editorial/hosts.yaml`: hosts that want to be asked more slowly than others, and why. */
export const hostMannersSchema = z.array(
  z.strictObject({
    /** Covers its subdomains. */
    host: z.string().min(1),
    delaySeconds: z.number().min(0).max(60),
    atOnce: z.int().min(1).max(16),
    why: z.string().min(2),
  }),
);

export type HostManners = z.infer<typeof hostMannersSchema>;

/** What is known of this host's wishes, or undefined. */
export function mannersFor(host: string, manners: HostManners): HostManners[number] | undefined {
  return manners.find((one) => host === one.host || host.endsWith(`.${one.host}`));
}
