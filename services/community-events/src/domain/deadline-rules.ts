import { customerServiceDepartment, type ActivityValues } from './activity-policy.ts';

const hourMs = 3_600_000;

type Told = { role: 'supervisor' | 'director'; departmentCode?: string };

const toSupervisor = (figures: ActivityValues) => {
  const supervisor: Told = { role: 'supervisor', departmentCode: customerServiceDepartment };
  return {
    warnShare: figures.warnShare,
    warnTo: supervisor,
    escalations: [
      { afterShare: 1, to: supervisor },
      { afterShare: figures.directorShare, to: { role: 'director' } as Told },
    ],
  };
};

/** Place, roles and resources stand so long before the beginning (A106). */
export const setUpClock = (startsAt: Date, figures: ActivityValues) => ({
  kind: 'SET_UP',
  rule: 'A106',
  span: { dueAt: new Date(startsAt.getTime() - figures.setUpLeadHours * hourMs) },
  ...toSupervisor(figures),
});

/** Notes, photos and film are in the archive so long after the end (A107). */
export const archiveClock = (figures: ActivityValues) => ({
  kind: 'ARCHIVE',
  rule: 'A107',
  span: { amount: figures.archiveDays, unit: 'day' as const },
  ...toSupervisor(figures),
});

/** When those who take part are reminded (A105). */
export const reminderAt = (startsAt: Date, { reminderHours }: Pick<ActivityValues, 'reminderHours'>): Date =>
  new Date(startsAt.getTime() - reminderHours * hourMs);
